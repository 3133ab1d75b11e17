/** Why a file is no snapshot to believe, and what to do about it: a clause each, without a full stop. */
export interface SnapshotProblem {
  readonly problem: string;
  readonly help: string;
}
