import { createHash } from "node:crypto";
import { severities } from "../../finding/severity.ts";
import type { Place } from "../../matrix/text/place.ts";
import type { Span } from "../../matrix/text/source-text.ts";
import { canonicalJson } from "../../words/canonical-json.ts";
import { compareText } from "../../words/compare-text.ts";
import { count } from "../../words/enumerate-words.ts";
import { groupBy } from "../../words/group-by.ts";
import { briefList } from "../../words/brief.ts";
import type { ChangeKind } from "../change-kind.ts";
import type { DiffFinding } from "../diff-report.ts";
import { type DiffRuleId, diffRuleIdList } from "../diff-rule-ids.ts";
import { diffRules } from "../diff-rules.ts";
import type { DiffDraft, FindingStep, JudgedFact, Judging } from "./finding-step.ts";
import { findingSteps } from "./findings/registry.ts";
import { type PoolRemoval, poolRemovals, terraformRemovals, type TerraformRemoval } from "./terraform-removals.ts";

type Question = Pick<Judging, "approvers" | "context" | "judged" | "nevers" | "reach"> & {
  readonly locateAfter: (at: Place) => Span;
};

/** Nobody reads more of one kind; what is left over becomes one finding. */
const MAX_OF_A_RULE = 50;

/** What the steps of the registry say of the facts, the gravest first. */
export function findFindings({ locateAfter, ...question }: Question): readonly DiffFinding[] {
  const judging = judgingOf(question);
  const orderOf = new Map(question.judged.map(({ fingerprint }, at) => [fingerprint, at]));
  return Object.entries<FindingStep | undefined>(findingSteps)
    .flatMap(([id, step]) => {
      if (step === undefined) return [];
      const rule = id as DiffRuleId;
      const drafts = [...step(judging)].map((draft) => ({
        ...draft,
        severity: draft.severity ?? diffRules[rule].severity,
      }));
      return [...groupBy(drafts, ({ severity }) => severity).values()]
        .flatMap(foldRest)
        .map((draft) => findingOf(rule, draft, orderOf, locateAfter));
    })
    .sort(compareDiffFindings);
}

function judgingOf(question: Omit<Question, "locateAfter">): Judging {
  const { context, judged } = question;
  const byKind = groupBy(judged, ({ kind }) => kind);
  const of = (...kinds: readonly ChangeKind[]): readonly JudgedFact[] =>
    kinds.flatMap((kind) => byKind.get(kind) ?? []);
  const gains = judged.filter(({ impact }) => impact === "broadens");
  const byStep = groupBy(gains, ({ from, to }) => (from === null || to === null ? undefined : `${from} ${to}`));
  const byName = groupBy(gains, ({ from, subject }) => (from === null ? (subject ?? undefined) : undefined));
  const bySubject = groupBy(judged, ({ subject }) => subject ?? undefined);
  let removals: readonly TerraformRemoval[] | undefined;
  let pools: readonly PoolRemoval[] | undefined;
  return {
    ...question,
    of,
    about: (subject) => bySubject.get(subject) ?? [],
    along: (path, environment) => {
      const steps = path.slice(1).flatMap((callee, at) => byStep.get(`${path[at]} ${callee}`) ?? []);
      const names = path.flatMap((name) => (byName.get(name) ?? []).filter(({ kind }) => kind === "stage-changed"));
      return [...steps, ...names].filter(({ environments }) => environments.includes(environment));
    },
    get removals() {
      removals ??= terraformRemovals(context, judged);
      return removals;
    },
    get pools() {
      pools ??= poolRemovals(context, judged);
      return pools;
    },
  };
}

/** A draft with the severity that it has by itself or by its rule. */
type WeighedDraft = DiffDraft & Pick<DiffFinding, "severity">;

/** @param drafts of one rule and severity: what is grave must not be folded into what is not, or the contrary */
function foldRest(drafts: readonly WeighedDraft[]): readonly WeighedDraft[] {
  const [first] = drafts;
  if (first === undefined || drafts.length <= MAX_OF_A_RULE) return drafts;
  const rest = drafts.slice(MAX_OF_A_RULE - 1);
  const subjects = [...new Set(rest.flatMap(({ subject }) => subject ?? []))];
  return [
    ...drafts.slice(0, MAX_OF_A_RULE - 1),
    {
      severity: first.severity,
      message: `the same of ${count(rest.length, "more", "more")}: ${briefList(subjects)}`,
      environments: [...new Set(rest.flatMap(({ environments }) => environments))].sort(compareText),
      subject: null,
      count: rest.length,
      facts: rest.flatMap(({ facts }) => facts),
    },
  ];
}

function findingOf(
  rule: DiffRuleId,
  {
    severity,
    message,
    help,
    environments,
    subject,
    path = [],
    matrixRule,
    count: standsFor,
    facts,
    identity,
  }: WeighedDraft,
  orderOf: ReadonlyMap<string, number>,
  locate: (at: Place) => Span,
): DiffFinding {
  const at = facts.find((fact) => fact.at !== null)?.at ?? null;
  const order = (fingerprint: string): number => orderOf.get(fingerprint) ?? 0;
  return {
    rule,
    severity,
    message,
    help: help ?? null,
    environments,
    subject,
    path,
    ...(matrixRule === undefined ? {} : { matrixRule }),
    ...(standsFor === undefined ? {} : { count: standsFor }),
    changes: [...new Set(facts.map(({ fingerprint }) => fingerprint))].sort((a, b) => order(a) - order(b)),
    fingerprint: createHash("sha256")
      .update(canonicalJson([rule, environments, subject, path, ...(identity === undefined ? [] : [identity])]))
      .digest("hex"),
    span: at === null ? null : locate(at),
  };
}

function compareDiffFindings(a: DiffFinding, b: DiffFinding): number {
  return (
    severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
    diffRuleIdList.indexOf(a.rule) - diffRuleIdList.indexOf(b.rule) ||
    Number(a.subject === null) - Number(b.subject === null) ||
    compareText(a.subject ?? "", b.subject ?? "") ||
    compareText(a.environments.join(), b.environments.join()) ||
    compareText(a.message, b.message) ||
    compareText(a.fingerprint, b.fingerprint)
  );
}
