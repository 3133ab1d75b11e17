import { compareText } from "../words/compare-text.ts";
import type { Change } from "./diff-report.ts";
import { approvalReasons, type Approver, type ApprovalReason } from "./diff-report.ts";
import type { MatrixPair } from "./matrix-pair.ts";
import type { NeverChange } from "./never-delta.ts";
import { approverTable } from "./steps/approver-table.ts";
import { knownOwners } from "./steps/approvers/known-owners.ts";
import type { Need } from "./steps/approvers/need.ts";
import { approversOfRule } from "./steps/approvers/of-rules.ts";
import { DiffContext } from "./steps/diff-context.ts";

/** What approval is judged by. */
export type Approvable = Pick<
  Change,
  "after" | "before" | "environments" | "fingerprint" | "from" | "impact" | "kind" | "subject" | "to"
>;

interface Needed {
  readonly reasons: Set<ApprovalReason>;
  readonly changes: Set<string>;
  readonly unowned: Set<string>;
}

/**
 * Who must approve changes, by owner; what nobody owns comes last.
 * @param nevers what breaks or excuses a `never` rule anew: the approvers of the rule are asked about each of its steps
 */
export function findApprovers(
  pair: MatrixPair,
  changes: readonly Approvable[],
  nevers: readonly NeverChange[] = [],
  context: DiffContext = new DiffContext(pair, changes),
): readonly Approver[] {
  const needed = new Map<string | null, Needed>();
  const need = ({ owner, reason, unowned }: Need, fingerprint: string): void => {
    const found = needed.get(owner) ?? { reasons: new Set(), changes: new Set(), unowned: new Set() };
    needed.set(owner, found);
    if (unowned !== undefined) found.unowned.add(unowned);
    found.reasons.add(reason);
    found.changes.add(fingerprint);
  };
  const rulesBroken = brokenBySteps(nevers);
  for (const change of changes) {
    for (const each of approverTable[change.kind](change, context)) need(each, change.fingerprint);
    if (change.impact !== "broadens" || change.from === null || change.to === null) continue;
    for (const rule of rulesBroken.get(`${change.from} ${change.to}`) ?? [])
      for (const each of approversOfRule(rule, context)) need(each, change.fingerprint);
  }
  const githubOf = githubFinder(pair);
  return [...needed]
    .sort(([a], [b]) => Number(a === null) - Number(b === null) || compareText(a ?? "", b ?? ""))
    .map(([owner, found]) => ({
      owner,
      github: owner === null ? [] : githubOf(owner),
      reasons: approvalReasons.filter((reason) => found.reasons.has(reason)),
      changes: [...found.changes],
      ...(owner === null ? { unowned: [...found.unowned].sort(compareText) } : {}),
    }));
}

/** The rules that each step from caller to callee helps to break or to excuse. */
function brokenBySteps(nevers: readonly NeverChange[]): ReadonlyMap<string, ReadonlySet<string>> {
  const rules = new Map<string, Set<string>>();
  for (const { rule, path } of nevers) {
    for (const [at, callee] of path.slice(1).entries()) {
      const step = `${path[at]} ${callee}`;
      const found = rules.get(step) ?? new Set();
      rules.set(step, found.add(rule));
    }
  }
  return rules;
}

/**
 * The change must not choose its own judges: of an owner that the earlier version knows, it alone says who approves,
 * even where it says nobody.
 */
function githubFinder({ before, after }: MatrixPair): (owner: string) => readonly string[] {
  const known = knownOwners(before);
  return (owner) => {
    const owners = known.has(owner) ? before.owners : after.owners;
    const github = owners?.get(owner)?.value.github;
    return github === undefined ? [] : [github];
  };
}
