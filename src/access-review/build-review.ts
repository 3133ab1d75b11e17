import type { Grid } from "../ask/grid.ts";
import type { SnapshotNote } from "../drift/drift-report.ts";
import type { MatrixHistory } from "../history/matrix-history.ts";
import type { Matrix } from "../matrix/model/matrix.ts";
import type { Place } from "../matrix/text/place.ts";
import type { Span } from "../matrix/text/source-text.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import { addDays, formatInstant, type Instant, parseInstant } from "../time/instant.ts";
import { compareText } from "../words/compare-text.ts";
import { asksForReview } from "./compare-rows.ts";
import { findPast } from "./find-past.ts";
import { liveReview } from "./live-pairs.ts";
import { otherAccess } from "./other-access.ts";
import type { OwnerReview, ReviewCounts, ReviewedRow, ReviewReport, ReviewState, RowChange } from "./review-report.ts";
import { hashOfRows, type ReviewRow, reviewRows } from "./review-rows.ts";

const DAY = addDays(0 as Instant, 1);

export interface ReviewRequest {
  readonly matrix: Matrix;
  readonly name: string;
  readonly locate: (at: Place) => Span;
  /** Undefined: all. */
  readonly environment: string | undefined;
  /** Undefined: all owners. */
  readonly owner: string | undefined;
  readonly maxAge: number;
  /** A sentence where there is none; null where nobody asked. */
  readonly history: MatrixHistory | string | null;
  readonly live: { readonly grid: Grid; readonly snapshot: Snapshot; readonly note: SnapshotNote } | null;
}

/** Everything that is to be reviewed, with what is known of it. */
export function buildReview(request: ReviewRequest): ReviewReport {
  const { matrix, name, environment, maxAge, history, live } = request;
  const only = matrix.environments
    .map((each) => each.name)
    .filter((each) => environment === undefined || each === environment);
  const all = reviewRows(matrix);
  // A row without a pair is in no environment at all: it is shown wherever one looks.
  const rows = all.filter(({ pairs }) => pairs.length === 0 || pairs.some((pair) => only.includes(pair.environment)));
  const past = history === null || typeof history === "string" ? undefined : findPast(rows, matrix, history, only);
  const state = live === null ? undefined : liveReview(live.grid, live.snapshot);
  const reviewed = rows.map((row): ReviewedRow => ({
    ...row,
    ...judge(row, past?.get(row)?.changes ?? [], matrix.asOf, maxAge),
    span: request.locate(row.place),
    past: past?.get(row) ?? null,
    live: state?.pairsOf(row) ?? null,
  }));
  const others = [...otherAccess(matrix, only), ...(state?.undeclared ?? [])];
  const owners = ownersOf(reviewed, others, request);
  const shown = new Set(owners.flatMap((each) => each.rows));
  return {
    matrix: name,
    asOf: formatInstant(matrix.asOf),
    environments: only,
    maxAge,
    sha256: hashOfRows(all),
    live:
      live === null
        ? null
        : { environment: live.grid.environment, snapshot: live.note, complete: live.grid.live?.complete ?? false },
    history: historyNote(history, reviewed),
    summary: countRows([...shown]),
    owners,
  };
}

function ownersOf(
  rows: readonly ReviewedRow[],
  others: ReturnType<typeof otherAccess>,
  { matrix, owner: wanted }: ReviewRequest,
): readonly OwnerReview[] {
  const names = new Set<string | null>([
    ...rows.flatMap(({ owners }): readonly (string | null)[] => (owners.length === 0 ? [null] : owners)),
    ...others.map(({ owner }) => owner),
  ]);
  return [...names]
    .filter((name) => wanted === undefined || name === wanted)
    .sort((a, b) => (a === null ? 1 : b === null ? -1 : compareText(a, b)))
    .map((name): OwnerReview => {
      const own = rows.filter(({ owners }) => (name === null ? owners.length === 0 : owners.includes(name)));
      return {
        owner: name,
        contact: (name === null ? undefined : matrix.owners?.get(name)?.value.contact) ?? null,
        summary: countRows(own),
        rows: own,
        others: others.filter(({ owner }) => owner === name).map(({ access }) => access),
      };
    });
}

/** How a row stands at a moment, with what changed since its review. */
function judge(
  { reviewed, holds }: ReviewRow,
  changes: readonly RowChange[],
  asOf: Instant,
  maxAge: number,
): { readonly state: ReviewState; readonly age: number | null } {
  const at = reviewed === null ? undefined : parseInstant(reviewed);
  const age = at === undefined || at > asOf ? null : Math.floor((asOf - at) / DAY);
  if (!holds) return { state: "ended", age };
  if (at === undefined) return { state: "never", age };
  if (age === null) return { state: "future", age };
  if (age > maxAge) return { state: "overdue", age };
  return { state: changes.some(asksForReview) ? "changed" : "current", age };
}

/** Whether a row waits for a review: it has none that counts for what it is now. */
export function isDue(state: ReviewState): boolean {
  return state === "overdue" || state === "never" || state === "future" || state === "changed";
}

function countRows(rows: readonly ReviewedRow[]): ReviewCounts {
  const number = (test: (state: ReviewState) => boolean): number => rows.filter(({ state }) => test(state)).length;
  return {
    rows: rows.length,
    current: number((state) => state === "current"),
    overdue: number(isDue),
    never: number((state) => state === "never"),
    changed: number((state) => state === "changed"),
    ended: number((state) => state === "ended"),
  };
}

function historyNote(history: MatrixHistory | string | null, rows: readonly ReviewedRow[]): string | null {
  if (history === null || typeof history === "string") return history;
  return rows.some(({ past }) => past?.isOlder === true) ? history.cutOff() : null;
}
