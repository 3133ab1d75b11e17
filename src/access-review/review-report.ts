import type { CellState } from "../ask/grid.ts";
import type { SnapshotNote } from "../drift/drift-report.ts";
import type { MatrixCommit } from "../history/matrix-history.ts";
import type { Span } from "../matrix/text/source-text.ts";
import type { ReviewRow } from "./review-rows.ts";

/** What a periodic access review has to look at: every row by its owner. Everything is in its one order. */
export interface ReviewReport {
  /** The root file of the matrix. */
  readonly matrix: string;
  /** The moment at which ages and expiry are judged, as an ISO timestamp. */
  readonly asOf: string;
  /** The environments that were looked at. */
  readonly environments: readonly string[];
  /** In days: a row whose review is older is overdue. */
  readonly maxAge: number;
  /** SHA-256 in hex over what is to be reviewed: all rows of all owners, without when they were reviewed. */
  readonly sha256: string;
  /** Null where nobody looked at what is live. */
  readonly live: {
    readonly environment: string;
    readonly snapshot: SnapshotNote;
    /** Whether everything inside the scope was read. */
    readonly complete: boolean;
  } | null;
  /** Why nobody can say what changed, or not of everything; null where all is known, or nobody asked. */
  readonly history: string | null;
  readonly summary: ReviewCounts;
  /** By name; last those rows that nobody owns. A row of several owners is below each. */
  readonly owners: readonly OwnerReview[];
}

export interface OwnerReview {
  /** Null: nobody is named. */
  readonly owner: string | null;
  readonly contact: string | null;
  readonly summary: ReviewCounts;
  readonly rows: readonly ReviewedRow[];
  /** What the owner answers for besides, and that the matrix has no date of review for. */
  readonly others: readonly OtherAccess[];
}

export interface ReviewCounts {
  readonly rows: number;
  /** Reviewed, not too long ago, and no more than they were then. */
  readonly current: number;
  /** Those that wait for a review. */
  readonly overdue: number;
  /** Of these, the ones that never were. */
  readonly never: number;
  /** Of these, the ones that only wait since they give more, or something else, than when they were reviewed. */
  readonly changed: number;
  /** Rows that hold nowhere any more. They are not overdue: delete them. */
  readonly ended: number;
}

/**
 * `future`: the date has not come yet, so that it says nothing. `changed`: the review is not too old, and was of
 * something else; known where the history is.
 */
export type ReviewState = "current" | "overdue" | "never" | "future" | "changed" | "ended";

export interface ReviewedRow extends ReviewRow {
  readonly state: ReviewState;
  /** Whole days since the review; null where there was none. */
  readonly age: number | null;
  readonly span: Span;
  readonly past: RowPast | null;
  /** A pair each; null where nobody looked, or the row is not in that environment. */
  readonly live: readonly LivePair[] | null;
}

/** What history says of a row. */
export interface RowPast {
  /**
   * The commit that brought the date of the review; of a row that was never reviewed, the row itself. Null where the
   * working tree alone has it.
   */
  readonly since: MatrixCommit | null;
  /** Whether it was there already in the oldest version that is known: what changed before that, nobody knows. */
  readonly isOlder: boolean;
  /** What differs from the row as it was then. Of a row that was never reviewed, everything is new, and this is empty. */
  readonly changes: readonly RowChange[];
}

export type RowChangeKind =
  | "reason"
  | "ticket"
  | "expires"
  | "through"
  | "owner"
  | "gained"
  | "lost"
  | "principal"
  | "place"
  | "public"
  | "sensitive";

/** One thing that differs. `gained` and `lost` are of a pair; `subject` is what it is about. */
export interface RowChange {
  readonly kind: RowChangeKind;
  readonly subject: string;
  readonly environments: readonly string[];
  readonly before: string | null;
  readonly after: string | null;
}

/** One pair of a row, as it is live. */
export interface LivePair {
  readonly caller: string;
  readonly callee: string;
  readonly state: CellState;
  /** How many findings of drift are about it: ways that nobody declared among them. */
  readonly findings: number;
  /** When the caller's account last authenticated to any Google API; null where it did not, or nobody knows. */
  readonly lastAuthenticated: string | null;
}

export interface OtherAccess {
  readonly kind: "public" | "inherited" | "previous account" | "exception" | "undeclared";
  readonly what: string;
  readonly environments: readonly string[];
  readonly reason: string | null;
  readonly expires: string | null;
  /** Whether that day has passed. */
  readonly hasEnded: boolean;
}
