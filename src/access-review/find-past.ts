import type { MatrixCommit, MatrixHistory } from "../history/matrix-history.ts";
import type { Matrix } from "../matrix/model/matrix.ts";
import { compareRows } from "./compare-rows.ts";
import type { RowPast } from "./review-report.ts";
import { type ReviewPair, type ReviewRow, reviewRows } from "./review-rows.ts";

interface Trail {
  /** As the oldest version has it that has the same date without a break. */
  readonly was: ReviewRow;
  readonly since: MatrixCommit | null;
  /** Whether an older version says something else. */
  readonly isOver: boolean;
}

/**
 * What changed of each row since it was reviewed: since the commit that brought the date which it has now. Whoever
 * approved that commit saw the row as it was there. One walk over the versions, and no further than it must.
 * @param only the environments that are looked at
 */
export function findPast(
  rows: readonly ReviewRow[],
  matrix: Matrix,
  history: MatrixHistory,
  only: readonly string[],
): ReadonlyMap<ReviewRow, RowPast> {
  const renamed = renames(matrix);
  const trails = new Map(rows.map((row): [ReviewRow, Trail] => [row, { was: row, since: null, isOver: false }]));
  let open = rows;
  for (const { commit, read } of history.versions()) {
    if (open.length === 0) break;
    const text = read();
    // A version that nobody can read says nothing.
    if (text.kind === "unusable") continue;
    const past = text.kind === "absent" ? [] : reviewRows(text.judge(commit.at)).map((row) => renameRow(row, renamed));
    const known = byKey(past);
    for (const row of open) {
      const trail = trails.get(row);
      const same = sameRow(row, rows, known.get(row.key) ?? []);
      if (trail === undefined) continue;
      trails.set(
        row,
        same === undefined || same.reviewed !== row.reviewed
          ? { ...trail, isOver: true }
          : { was: same, since: commit, isOver: false },
      );
    }
    open = open.filter((row) => trails.get(row)?.isOver === false);
  }
  const isCut = open.length > 0 && history.cutOff() !== null;
  return new Map(
    [...trails].map(([row, { was, since, isOver }]) => [
      row,
      {
        since,
        isOlder: isCut && !isOver,
        changes: row.reviewed === null ? [] : compareRows(was, row, only),
      },
    ]),
  );
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
