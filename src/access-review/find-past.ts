import type { MatrixCommit, MatrixHistory } from "../history/matrix-history.ts";
import type { Matrix } from "../matrix/model/matrix.ts";
import { asksForReview, compareRows } from "./compare-rows.ts";
import type { RowPast } from "./review-report.ts";
import { type ReviewPair, type ReviewRow, reviewRows } from "./review-rows.ts";

/** How far back a row is what it is, in some respect. */
export interface Trail {
  /** As the oldest version has it that is like it without a break. */
  readonly was: ReviewRow;
  /** That version; null where the working tree alone is so. */
  readonly since: MatrixCommit | null;
  /** Whether older versions may be like it that nobody knows. */
  readonly isOlder: boolean;
}

/**
 * What changed of each row since it was reviewed: since the commit that brought the date which it has now. Whoever
 * approved that commit saw the row as it was there.
 * @param only the environments that are looked at
 */
export function findPast(
  rows: readonly ReviewRow[],
  matrix: Matrix,
  history: MatrixHistory,
  only: readonly string[],
): ReadonlyMap<ReviewRow, RowPast> {
  const trails = followBack(rows, matrix, history, (was, row) => was.reviewed === row.reviewed);
  return new Map(
    [...trails].map(([row, { was, since, isOlder }]) => [
      row,
      { since, isOlder, changes: row.reviewed === null ? [] : compareRows(was, row, only) },
    ]),
  );
}

/** Since when each row gives no more than now: nobody can have reviewed what it gives before that. */
export function findBirth(
  rows: readonly ReviewRow[],
  matrix: Matrix,
  history: MatrixHistory,
): ReadonlyMap<ReviewRow, Trail> {
  const everywhere = matrix.environments.map(({ name }) => name);
  return followBack(rows, matrix, history, (was, row) => !compareRows(was, row, everywhere).some(asksForReview));
}

/** One walk over the versions, and no further than it must. */
function followBack(
  rows: readonly ReviewRow[],
  matrix: Matrix,
  history: MatrixHistory,
  isLike: (was: ReviewRow, row: ReviewRow) => boolean,
): ReadonlyMap<ReviewRow, Trail> {
  const renamed = renames(matrix);
  const all = reviewRows(matrix);
  const trails = new Map(rows.map((row): [ReviewRow, Trail] => [row, { was: row, since: null, isOlder: false }]));
  const open = new Set(rows);
  for (const { commit, read } of history.versions()) {
    if (open.size === 0) break;
    const text = read();
    // A version that nobody can read says nothing.
    if (text.kind === "unusable") continue;
    const past = text.kind === "absent" ? [] : reviewRows(text.judge(commit.at)).map((row) => renameRow(row, renamed));
    const known = byKey(past);
    for (const row of open) {
      const was = sameRow(row, all, known.get(row.key) ?? []);
      if (was !== undefined && isLike(was, row)) trails.set(row, { was, since: commit, isOlder: false });
      else open.delete(row);
    }
  }
  if (open.size > 0 && history.cutOff() !== null)
    for (const row of open) trails.set(row, { ...(trails.get(row) ?? { was: row, since: null }), isOlder: true });
  return trails;
}

function byKey(rows: readonly ReviewRow[]): ReadonlyMap<string, readonly ReviewRow[]> {
  const found = new Map<string, ReviewRow[]>();
  for (const row of rows) {
    const list = found.get(row.key);
    if (list === undefined) found.set(row.key, [row]);
    else list.push(row);
  }
  return found;
}

/** The clause of an older version that a row was: of several the one for the same environments, or in the same place. */
function sameRow(row: ReviewRow, all: readonly ReviewRow[], candidates: readonly ReviewRow[]): ReviewRow | undefined {
  const siblings = all.filter(({ key }) => key === row.key);
  if (siblings.length === 1 && candidates.length === 1) return candidates[0];
  const where = row.environments.join(" ");
  return (
    candidates.find(({ environments }) => environments.join(" ") === where) ??
    candidates.find(({ clause, environments }) => clause === row.clause && !isOfSibling(environments, row, siblings))
  );
}

function isOfSibling(environments: readonly string[], row: ReviewRow, siblings: readonly ReviewRow[]): boolean {
  return siblings.some((each) => each !== row && each.environments.join(" ") === environments.join(" "));
}

/** Keys that services had before, with the ones that they have. */
function renames({ names }: Matrix): ReadonlyMap<string, string> {
  return new Map(
    [...names.values()].flatMap((name) =>
      name.section === "services"
        ? (name.value.formerNames ?? []).flatMap((former) => (names.has(former) ? [] : [[former, name.key] as const]))
        : [],
    ),
  );
}

function renameRow(row: ReviewRow, renamed: ReadonlyMap<string, string>): ReviewRow {
  if (renamed.size === 0) return row;
  const now = (name: string): string => renamed.get(name) ?? name;
  return {
    ...row,
    key: row.key.split(" -> ").map(now).join(" -> "),
    pairs: row.pairs.map((pair): ReviewPair => ({ ...pair, caller: now(pair.caller), callee: now(pair.callee) })),
  };
}
