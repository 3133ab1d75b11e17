import type { Matrix } from "../matrix/model/matrix.ts";
import type { Instant } from "../time/instant.ts";

/** A commit that changed a file of the matrix, on the way of first parents. */
export interface MatrixCommit {
  /** In full. */
  readonly id: string;
  /** When it was committed, as it says: from then on it was in force on this branch. */
  readonly at: Instant;
  readonly author: string;
  /** The first line of its message. */
  readonly subject: string;
}

/** The matrix as one commit has it. */
export interface MatrixAt {
  readonly commit: MatrixCommit;
  /** The root file as it was called then, by its name from the current folder. */
  readonly name: string;
  /** What it said, judged at a moment; read when it is first asked for, and once. */
  readonly read: () => MatrixText;
}

/** What one version came to. `absent`: there was no such file. `unusable`: it was broken, so nobody knows what it meant. */
export type MatrixText =
  | { readonly kind: "usable"; readonly judge: (asOf: Instant) => Matrix }
  | { readonly kind: "absent" }
  | { readonly kind: "unusable"; readonly problem: string };

/** The versions of one matrix, newest first. Each is read when it is first asked for. */
export interface MatrixHistory {
  readonly versions: () => Iterable<MatrixAt>;
  /**
   * Why there may be older versions that are not here: a shallow clone, a limit. Null where the history is whole. Walks
   * to the end, without reading a version that nobody asked for.
   */
  readonly cutOff: () => string | null;
}

/**
 * Since when something is in the matrix without a break. A break is: it was not there, it had expired before the next
 * version renewed it, or it was about another account or another service.
 */
export interface Since {
  /** The oldest commit from which on it is known to stand; null where no commit that can be read has it. */
  readonly commit: MatrixCommit | null;
  /** Whether it may be older: the history ends there, or what was before cannot be read. */
  readonly isOlder: boolean;
  /** The versions just before that could not be read. Newest first. */
  readonly skipped: readonly MatrixCommit[];
}
