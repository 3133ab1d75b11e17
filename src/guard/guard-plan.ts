import { createHash } from "node:crypto";
import { conditionEvaluator } from "../access/evaluate-condition.ts";
import { severities } from "../finding/severity.ts";
import { formatInstant } from "../time/instant.ts";
import type { Matrix } from "../matrix/model/matrix.ts";
import type { World } from "../matrix/model/world.ts";
import type { Place } from "../matrix/text/place.ts";
import type { Span } from "../matrix/text/source-text.ts";
import { compareText } from "../words/compare-text.ts";
import { assumedValues } from "./assumed-values.ts";
import { neverHolds } from "./condition-never-holds.ts";
import { declaredAccess } from "./declared-access.ts";
import { type GuardContext, grantKey } from "./guard-context.ts";
import type { GuardDraft } from "./guard-draft.ts";
import type { GuardFinding, GuardReport, GuardSummary } from "./guard-report.ts";
import { guardRuleIdList } from "./guard-rule-ids.ts";
import { guardRules } from "./guard-rules.ts";
import { judgeAccount } from "./judge-accounts.ts";
import { judgeRow } from "./judge-clash.ts";
import { judgeGrant } from "./judge-grant.ts";
import { judgeProvider } from "./judge-providers.ts";
import { judgeRole } from "./judge-roles.ts";
import { judgeService } from "./judge-services.ts";
import { allOutside, outsideOf } from "./outside-matrix.ts";
import type { TerraformPlan } from "./plan.ts";
import type { GrantChange, PlanGrant } from "./plan-grant.ts";
import { readGrants } from "./read-grants.ts";
import { ValueResolver } from "./resolve-value.ts";
import { RoleBook } from "./role-contents.ts";

export interface GuardQuestion {
  readonly matrix: Matrix;
  /** How reports call the matrix and the plan. */
  readonly name: string;
  readonly planName: string;
  /** The environments that count. */
  readonly worlds: readonly World[];
  readonly plan: TerraformPlan;
  /** Whether nothing is taken for what it refers to, where a plan tells no more than references. */
  readonly isStrict: boolean;
  /** Where a place of the matrix stands in its text. */
  readonly locate: (at: Place) => Span;
}

/** What a Terraform plan would do to the access that a matrix declares. */
export function guardPlan(question: GuardQuestion): GuardReport {
  const { matrix, name, planName, worlds, plan } = question;
  const locate = remembering(question.locate);
  const context = contextOf(question);
  const { grants, roles } = context;
  const verdicts = grants.flatMap(({ after }) =>
    after.map((grant) => ({ grant, verdict: judgeGrant(grant, context) })),
  );
  const judged = verdicts.map(({ verdict }) => verdict);
  const elsewhere = verdicts.flatMap(({ grant, verdict }) => (verdict === "elsewhere" ? [grant] : []));
  const drafts: readonly GuardDraft[] = [
    ...judged.flatMap((verdict) => (typeof verdict === "string" ? [] : [verdict])),
    ...(elsewhere.length === judged.length
      ? allOutside(elsewhere, matrix.worlds.length === worlds.length ? "the matrix" : "the environments that count")
      : []),
    ...grants.flatMap(unknownType),
    ...grants.flatMap((each) => [...judgeRow(each, context)]),
    ...plan.changes.flatMap((change) => [
      ...judgeAccount(change, context),
      ...judgeService(change, context),
      ...judgeProvider(change, context),
    ]),
    ...roles.inPlan.flatMap((role) => [...judgeRole(role, context)]),
  ];
  const findings = ordered(drafts.map((draft) => findingOf(draft, locate)));
  const count = (verdict: string): number => judged.filter((each) => each === verdict).length;
  return {
    matrix: name,
    plan: { name: planName, terraformVersion: plan.terraformVersion, isOurs: plan.isOurs, isWhole: plan.isWhole },
    asOf: formatInstant(matrix.asOf),
    environments: worlds.map(({ environment }) => environment.name),
    isWholeMatrix: worlds.length === matrix.worlds.length,
    complete: !findings.some(isUnknownGrant),
    summary: {
      resources: grants.length,
      grants: judged.length,
      declared: count("declared"),
      elsewhere: elsewhere.length,
      outside: outsideOf(elsewhere),
      ...countFindings(findings),
    },
    findings,
    assumed: assumedValues(context),
  };
}

/** A place is looked up once: thousands of findings may be about one service. */
function remembering(locate: (at: Place) => Span): (at: Place) => Span {
  const known = new Map<Place, Span>();
  return (at) => {
    const span = known.get(at) ?? locate(at);
    known.set(at, span);
    return span;
  };
}

/** What may be access and is not known: it makes an answer incomplete. */
export function isUnknownGrant({ rule, already }: Pick<GuardFinding, "already" | "rule">): boolean {
  return !already && (rule === "plan-unknown-grant" || rule === "plan-unknown-role");
}

function contextOf({ matrix, worlds, plan, isStrict }: GuardQuestion): GuardContext {
  const resolver = new ValueResolver(plan, isStrict);
  const declared = declaredAccess(matrix, worlds);
  const grants = plan.changes.flatMap((change) => readGrants(change, resolver) ?? []);
  const keys = (all: readonly PlanGrant[]): ReadonlySet<string> =>
    new Set(all.flatMap((grant) => grantKey(grant, declared) ?? []));
  return {
    evaluate: conditionEvaluator(matrix.asOf),
    neverHolds: neverHolds(matrix.asOf),
    plan,
    isStrict,
    declared,
    resolver,
    roles: new RoleBook(plan, resolver),
    grants,
    standing: keys(grants.flatMap(({ before }) => before)),
    staying: keys(grants.flatMap(({ after }) => after)),
  };
}

/** A resource of Cloud Run that has a policy, of a type that came after this version of matrix. */
function unknownType({ change, target }: GrantChange): readonly GuardDraft[] {
  if (target !== undefined || change.action === "delete" || change.action === "forget") return [];
  return [
    {
      rule: "plan-unknown-grant",
      certainty: "unknown",
      already: change.action === "no-op",
      change,
      environments: [],
      message: `may grant access: matrix does not know resources of the type ${change.type}`,
      fix: "update matrix",
    },
  ];
}

function findingOf(draft: GuardDraft, locate: (at: Place) => Span): GuardFinding {
  const { rule, change, principal = null, role = null, resource = null } = draft;
  return {
    rule,
    severity: guardRules[rule].severity,
    certainty: draft.certainty ?? "certain",
    already: draft.already ?? false,
    address: change.address,
    action: change.action,
    environments: draft.environments,
    names: draft.names ?? [],
    principal,
    role,
    resource,
    condition: draft.condition ?? null,
    message: draft.message,
    fix: draft.fix ?? null,
    fingerprint: createHash("sha256")
      .update(JSON.stringify([rule, change.address, role, principal, resource, draft.condition ?? null]))
      .digest("hex"),
    span: draft.at === undefined ? null : locate(draft.at),
  };
}

/** Each once, what the plan would bring first, the gravest first. */
function ordered(findings: readonly GuardFinding[]): readonly GuardFinding[] {
  const seen = new Set<string>();
  return findings
    .toSorted(
      (a, b) =>
        Number(a.already) - Number(b.already) ||
        severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
        guardRuleIdList.indexOf(a.rule) - guardRuleIdList.indexOf(b.rule) ||
        compareText(a.address, b.address) ||
        compareText(a.message, b.message),
    )
    .filter(({ fingerprint, message }) => {
      const key = `${fingerprint} ${message}`;
      return seen.size < seen.add(key).size;
    });
}

function countFindings(findings: readonly GuardFinding[]): Pick<GuardSummary, "already" | "findings" | "unknown"> {
  const open = findings.filter((each) => !each.already && !isUnknownGrant(each));
  const countOf = (severity: string): number => open.filter((each) => each.severity === severity).length;
  return {
    findings: { error: countOf("error"), warning: countOf("warning"), info: countOf("info") },
    unknown: findings.filter(isUnknownGrant).length,
    already: findings.filter(({ already }) => already).length,
  };
}
