import type { Place } from "../matrix/text/place.ts";
import type { Span } from "../matrix/text/source-text.ts";
import type { Approver, Change, DiffFinding, Reach } from "./diff-report.ts";
import type { DiffRuleId } from "./diff-rule-ids.ts";
import type { Fact } from "./fact.ts";
import { findApprovers } from "./find-approvers.ts";
import { fingerprintOf } from "./fingerprint-of.ts";
import type { MatrixPair } from "./matrix-pair.ts";
import type { NeverChange } from "./never-delta.ts";
import { DiffContext } from "./steps/diff-context.ts";
import { findFindings } from "./steps/find-findings.ts";
import type { JudgedFact } from "./steps/finding-step.ts";
import { impactTable } from "./steps/impact-table.ts";
import type { Judge } from "./steps/judgement.ts";

/** What is judged. */
export interface Question {
  readonly pair: MatrixPair;
  readonly facts: readonly Fact[];
  readonly reach: Reach;
  readonly nevers: readonly NeverChange[];
  readonly locateBefore: (at: Place) => Span;
  readonly locateAfter: (at: Place) => Span;
}

export interface JudgedChanges {
  /** In the order of the facts. */
  readonly changes: readonly Change[];
  /** The gravest first. */
  readonly findings: readonly DiffFinding[];
  readonly approvers: readonly Approver[];
}

/** What each fact does to access, what they mean together, and who has to agree. */
export function judgeChanges({ pair, facts, reach, nevers, locateBefore, locateAfter }: Question): JudgedChanges {
  const context = new DiffContext(pair, facts);
  const judged = facts.map((fact): JudgedFact => {
    const judge: Judge = impactTable[fact.kind];
    return { ...fact, ...judge(fact, context), fingerprint: fingerprintOf(fact) };
  });
  const approvers = findApprovers(pair, judged, nevers, context);
  const findings = findFindings({ context, judged, reach, nevers, approvers, locateAfter });
  const rulesOf = new Map<string, DiffRuleId[]>();
  for (const { rule, changes } of findings) {
    for (const fingerprint of changes) {
      const rules = rulesOf.get(fingerprint);
      if (rules === undefined) rulesOf.set(fingerprint, [rule]);
      else if (!rules.includes(rule)) rules.push(rule);
    }
  }
  const changes = judged.map(({ was, at, rule, ...change }): Change => ({
    ...change,
    rules: [...new Set([...(rule === undefined ? [] : [rule]), ...(rulesOf.get(change.fingerprint) ?? [])])],
    span: at === null ? null : locateAfter(at),
    baseSpan: was === null ? null : locateBefore(was),
  }));
  return { changes, findings, approvers };
}
