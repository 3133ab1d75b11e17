import type { Change, DiffReport } from "../../diff/diff-report.ts";
import { groupBy } from "../../words/group-by.ts";
import { describeChange } from "./describe-change.ts";
import type { Say } from "./say.ts";

/** Changes that are told as one: the same done to the same, with other details in each environment. */
export interface ToldChange extends Change {
  /** At least one. Apart from these, it is as the first of them, with the environments and rules of all. */
  readonly parts: readonly Change[];
}

/** A report for people. */
export interface ToldReport extends Omit<DiffReport, "changes"> {
  readonly changes: readonly ToldChange[];
}

/** The report with what differs only in its details from environment to environment said once. */
export function tellTogether(report: DiffReport): ToldReport {
  const groups = groupBy(report.changes, ({ kind, subject, from, to, impact }) =>
    JSON.stringify([kind, subject, from, to, impact]),
  );
  const told = new Map<Change, ToldChange>();
  for (const group of groups.values()) {
    // What the sentence itself says differently is not the same.
    const alike = group.length === 1 ? [group] : groupBy(group, (each) => describeChange(each, sayAsIs)).values();
    for (const parts of alike) {
      const [first] = parts;
      if (first !== undefined) told.set(first, together(first, parts));
    }
  }
  const changes = report.changes.flatMap((change) => told.get(change) ?? []);
  const shown = new Map(
    changes.flatMap(({ fingerprint, parts }) => parts.map((part) => [part.fingerprint, fingerprint])),
  );
  const fold = (prints: readonly string[]): readonly string[] => [
    ...new Set(prints.map((print) => shown.get(print) ?? print)),
  ];
  const approvers = report.approvers.map((each) => ({ ...each, changes: fold(each.changes) }));
  return { ...report, changes, approvers };
}

/** For comparing. */
const sayAsIs: Say = { name: (text) => text, prose: (text) => text };

function together(first: Change, parts: readonly Change[]): ToldChange {
  if (parts.length === 1) return { ...first, parts };
  return {
    ...first,
    environments: [...new Set(parts.flatMap(({ environments }) => environments))].sort(),
    rules: [...new Set(parts.flatMap(({ rules }) => rules))],
    span: parts.find(({ span }) => span !== null)?.span ?? null,
    baseSpan: parts.find(({ baseSpan }) => baseSpan !== null)?.baseSpan ?? null,
    parts,
  };
}
