import { createHash } from "node:crypto";
import { severities } from "../finding/severity.ts";
import { exceptionMatcher, isInForce } from "../matrix/model/match-exception.ts";
import { driftRuleIdList } from "../matrix/rules/drift-rule-ids.ts";
import { settingOf } from "../matrix/rules/rule-ids.ts";
import { canonicalJson } from "../words/canonical-json.ts";
import { compareText } from "../words/compare-text.ts";
import type { Applied } from "./applied.ts";
import type { Comparison } from "./comparison.ts";
import type { Draft, Pending } from "./draft.ts";
import type { DriftContext } from "./drift-context.ts";
import type { DriftFinding } from "./drift-report.ts";
import type { DriftRule } from "./drift-rule.ts";
import { driftRules } from "./rules/registry.ts";

/**
 * How long a change of a policy may take to have effect: typically 2 minutes, potentially 7 or longer.
 * docs: /iam/docs/access-change-propagation
 */
const PROPAGATION_MS = 7 * 60 * 1000;

/** What the rules find: severities as `lint` sets them, exceptions and what is on its way applied. In order. */
export function judgeFindings(context: DriftContext, comparison: Comparison): readonly DriftFinding[] {
  const { matrix, world } = context;
  const exceptions = matrix.exceptions
    .filter(({ value }) => isInForce(value, matrix))
    .map(({ key, value }) => ({ key, ...value, matches: exceptionMatcher(value, matrix) }));
  const isApproved = ({ guardrail }: Draft, approvedBy: string | undefined): boolean => {
    const approvers = matrix.rules.find(({ key }) => key === guardrail)?.value.approvers;
    return approvers === undefined || (approvedBy !== undefined && approvers.includes(approvedBy));
  };
  const accept = (rule: DriftRule, draft: Draft): string | null => {
    const { services, guardrail, principal, resource, role } = draft;
    const subject = {
      callers: [draft.caller, ...(principal === undefined ? [] : context.names.namesOf(principal))].flatMap(
        (caller) => caller ?? [],
      ),
      environment: world.environment.name,
      principals: [principal ?? "", ...writtenMembers(draft)],
      resource,
      role,
      condition: conditionOf(draft) ?? undefined,
    };
    return (
      exceptions.find(
        (exception) =>
          (exception.rule === rule.id || exception.rule === rule.declaredTwin || exception.rule === guardrail) &&
          // A blind spot is accepted by its name: whatever else is not read one day is none that somebody weighed.
          (rule.id !== "not-readable" || exception.match.resource !== undefined) &&
          // By any name, an exception from a rule that has approvers needs one of them.
          isApproved(draft, exception.approvedBy) &&
          // A grant that opens many services is not accepted by who accepts it for one of them.
          (services.length === 0
            ? exception.matches(subject)
            : services.every((service) => exception.matches({ ...subject, service }))),
      )?.key ?? null
    );
  };
  return Object.values<DriftRule>(driftRules)
    .flatMap((rule) => {
      const setting = settingOf(rule.id, matrix.document.lint);
      if (setting === "off") return [];
      return [...rule.check(context)].map((draft): DriftFinding => ({
        rule: rule.id,
        severity: setting ?? draft.severity ?? rule.severity,
        confidence: draft.confidence ?? "certain",
        service: draft.services.length === 1 ? (draft.services[0] ?? null) : null,
        services: draft.services,
        principal: draft.principal ?? null,
        resource: draft.resource ?? null,
        role: draft.role ?? null,
        message: draft.message,
        fix: draft.fix ?? null,
        paths: draft.paths ?? [],
        fingerprint: fingerprintOf(rule, world.environment.name, draft),
        accepted: accept(rule, draft),
        pending: isPending(draft.pending, comparison.applied, Date.parse(context.snapshot.finishedAt)),
        criteria: rule.criteria,
        span: draft.at === undefined ? null : comparison.locate(draft.at),
      }));
    })
    .sort(compareDriftFindings);
}

/** The condition of the grant that a finding is about; null where it has none. */
export function conditionOf({ paths = [] }: Pick<Draft, "paths">): string | null {
  return paths[0]?.hops[0]?.condition ?? null;
}

/** Exceptions may name a member as the policy writes it. */
function writtenMembers({ paths = [] }: Draft): readonly string[] {
  return paths.flatMap(({ hops }) => hops.slice(0, 1).flatMap(({ member }) => member ?? []));
}

function fingerprintOf({ id }: DriftRule, environment: string, { identity }: Draft): string {
  return createHash("sha256")
    .update(canonicalJson([id, environment, ...identity]))
    .digest("hex");
}

function isPending(pending: Pending | undefined, applied: Applied, readAt: number): boolean {
  switch (pending?.kind) {
    case undefined:
      return false;
    case "addition":
      return applied.stale.has(pending.stack) && !isApplied(pending.grant, applied);
    case "removal":
      return applied.stale.has(pending.stack) && applied.hasMember(pending.resource, pending.role, pending.member);
    case "ended":
      return readAt >= pending.end && readAt - pending.end < PROPAGATION_MS;
  }
}

/** What Terraform made once is not on its way any more. */
function isApplied(grant: Extract<Pending, { readonly kind: "addition" }>["grant"], applied: Applied): boolean {
  return grant !== undefined && applied.hasMember(grant.resource, grant.role, grant.member);
}

function compareDriftFindings(a: DriftFinding, b: DriftFinding): number {
  return (
    severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
    driftRuleIdList.indexOf(a.rule) - driftRuleIdList.indexOf(b.rule) ||
    compareText(a.services.join(), b.services.join()) ||
    compareText(a.resource ?? "", b.resource ?? "") ||
    compareText(a.principal ?? "", b.principal ?? "") ||
    compareText(a.message, b.message) ||
    compareText(a.fingerprint, b.fingerprint)
  );
}
