/** The record of who approved a change to the matrix: `schemas/approvals.schema.json`. Every key is always there. */
export interface Approvals {
  readonly schema: "matrix/approvals/v1";
  /** `owner/name` on GitHub. */
  readonly repository: string;
  readonly pullRequest: number;
  readonly author: string;
  /** The branch that the pull request goes into. */
  readonly baseRef: string;
  /** The commits that were compared, in full. */
  readonly base: string;
  readonly compared: string;
  /** The head of the pull request, which approvals are for. */
  readonly head: string;
  /** The root file of the matrix, from the top of the repository. */
  readonly matrix: string;
  /** The moment at which both versions were judged and the reviews were read. */
  readonly asOf: string;
  readonly needs: readonly Need[];
  /** Whether every need is approved. */
  readonly complete: boolean;
  readonly version: string;
}

/** One owner whose approval the change needs. */
export interface Need {
  /** As the matrix names it; null for what nobody owns. */
  readonly owner: string | null;
  /** Teams and users; each of them has to approve. */
  readonly github: readonly string[];
  /** Of the changes that need it. */
  readonly fingerprints: readonly string[];
  readonly approvals: readonly Approval[];
  readonly state: NeedState;
  /** Why it is not approved, one sentence each. */
  readonly problems: readonly string[];
}

/**
 * missing: somebody has not approved yet. unknown: GitHub did not tell. unassigned: the matrix names nobody on GitHub who
 * could approve.
 */
export type NeedState = "approved" | "missing" | "unknown" | "unassigned";

export interface Approval {
  readonly user: string;
  /** For whom: one of `github`. */
  readonly team: string;
  /** When, in UTC. */
  readonly at: string | null;
  readonly review: number;
  readonly url: string | null;
}
