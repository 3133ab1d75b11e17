import { compareText } from "../words/compare-text.ts";
import { groupBy } from "../words/group-by.ts";
import type { RowChange, RowChangeKind } from "./review-report.ts";
import type { ReviewPair, ReviewRow } from "./review-rows.ts";

/**
 * What differs between a row as it was and as it is. Names of the past are those of today already.
 * @param only the environments that are looked at
 */
export function compareRows(before: ReviewRow, after: ReviewRow, only: readonly string[]): readonly RowChange[] {
  return [
    ...textChange("reason", before.reason, after.reason),
    ...textChange("ticket", before.ticket, after.ticket),
    ...textChange("expires", before.expires, after.expires),
    ...textChange("through", before.through, after.through),
    ...textChange("owner", before.owners.join(", ") || null, after.owners.join(", ") || null),
    ...pairChanges(before.pairs.filter(isIn(only)), after.pairs.filter(isIn(only))),
  ];
}

/** Whether a row needs another look after a change. One that gives less than it did, or for a shorter time, needs none. */
export function asksForReview({ kind, before, after }: RowChange): boolean {
  switch (kind) {
    case "lost":
      return false;
    case "expires":
      return after === null || (before !== null && after > before);
    case "public":
    case "sensitive":
      return after !== null;
    default:
      return true;
  }
}

function isIn(only: readonly string[]): (pair: ReviewPair) => boolean {
  return ({ environment }) => only.includes(environment);
}

function textChange(kind: RowChangeKind, before: string | null, after: string | null): readonly RowChange[] {
  return before === after ? [] : [{ kind, subject: kind, environments: [], before, after }];
}

function pairChanges(before: readonly ReviewPair[], after: readonly ReviewPair[]): readonly RowChange[] {
  const old = new Map(before.map((pair) => [keyOf(pair), pair]));
  const now = new Map(after.map((pair) => [keyOf(pair), pair]));
  return foldEnvironments([
    ...after.flatMap((pair) => (old.has(keyOf(pair)) ? [] : [{ ...change("gained", pair), after: nameOf(pair) }])),
    ...before.flatMap((pair) => (now.has(keyOf(pair)) ? [] : [{ ...change("lost", pair), before: nameOf(pair) }])),
    ...after.flatMap((pair) => {
      const was = old.get(keyOf(pair));
      return was === undefined ? [] : thingChanges(was, pair);
    }),
  ]);
}

/** Names that stay the same, and stand for something else now. */
function thingChanges(before: ReviewPair, after: ReviewPair): readonly RowChange[] {
  const changed = (
    kind: RowChangeKind,
    subject: string,
    from: string | null,
    to: string | null,
  ): readonly RowChange[] =>
    from === to ? [] : [{ kind, subject, environments: [after.environment], before: from, after: to }];
  return [
    ...changed("principal", after.caller, before.principal, after.principal),
    ...changed("place", after.callee, before.place, after.place),
    ...changed("public", after.callee, yes(before.public), yes(after.public)),
    ...changed("sensitive", after.callee, yes(before.sensitive), yes(after.sensitive)),
  ];
}

function yes(is: boolean): string | null {
  return is ? "yes" : null;
}

function change(kind: RowChangeKind, pair: ReviewPair): RowChange {
  return { kind, subject: nameOf(pair), environments: [pair.environment], before: null, after: null };
}

/** The same in several environments, or of several pairs, is one change. */
function foldEnvironments(changes: readonly RowChange[]): readonly RowChange[] {
  return [
    ...groupBy(changes, ({ kind, subject, before, after }) => JSON.stringify([kind, subject, before, after])).values(),
  ].flatMap(([first, ...rest]) =>
    first === undefined
      ? []
      : {
          ...first,
          environments: [...new Set([first, ...rest].flatMap(({ environments }) => environments))].sort(compareText),
        },
  );
}

function nameOf({ caller, callee }: ReviewPair): string {
  return `${caller} -> ${callee}`;
}

function keyOf({ environment, caller, callee }: ReviewPair): string {
  return JSON.stringify([environment, caller, callee]);
}
