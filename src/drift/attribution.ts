/** Who made the grants that a finding is about, as the audit logs say that were read for it. */
export interface FindingAttribution {
  /** In the order in which the paths name them. Never empty. */
  readonly grants: readonly AttributedGrant[];
}

export interface AttributedGrant {
  /** Where the binding stands. */
  readonly resource: string;
  readonly role: string;
  readonly member: string;
  /** The CEL text of its condition. */
  readonly condition: string | null;
  /** Null: no entry that was read says it. */
  readonly made: GrantMaker | null;
  /** Of a grant that no entry names, or none for sure: why there may be another, a sentence each. */
  readonly gaps: readonly string[];
}

export interface GrantMaker {
  /** An ISO timestamp in UTC. */
  readonly at: string;
  /** Null where the entry names nobody. */
  readonly principal: string | null;
  /** Whose identities stood in between, the first one first. */
  readonly delegation: readonly string[];
  /** What the client said of itself: a hint, and no proof. */
  readonly userAgent: string | null;
  /** Whether it was an identity that the command line names as one that applies the matrix. */
  readonly isApplier: boolean;
  readonly method: string;
  readonly entry: { readonly logName: string; readonly timestamp: string; readonly insertId: string };
  /** Whether it was that entry for sure: else it was that one, or one before it that is missing. */
  readonly isSure: boolean;
}
