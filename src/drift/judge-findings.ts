import { createHash } from "node:crypto";
import { severities } from "../finding/severity.ts";
import { driftRuleIdList } from "../matrix/rules/drift-rule-ids.ts";
import { settingOf } from "../matrix/rules/rule-ids.ts";
import { canonicalJson } from "../words/canonical-json.ts";
import { compareText } from "../words/compare-text.ts";
import type { Applied } from "./applied.ts";
import { findingAcceptor } from "./accept-finding.ts";
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
  const accept = findingAcceptor(context);
  return Object.values<DriftRule>(driftRules)
    .flatMap((rule) => {
      const setting = settingOf(rule.id, matrix.document.lint);
      if (setting === "off") return [];
      return [...rule.check(context)].map((draft): DriftFinding => {
        const fingerprint = fingerprintOf(rule, world.environment.name, draft);
        return {
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
          fingerprint,
          accepted: accept(rule, draft, fingerprint),
          pending: isPending(draft.pending, comparison.applied, Date.parse(context.snapshot.finishedAt)),
          criteria: rule.criteria,
          attribution: null,
          span: draft.at === undefined ? null : comparison.locate(draft.at),
        };
      });
    })
    .sort(compareDriftFindings);
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
