/** Why the record of a period is not whole. Each kind is API. */
export type GapKind =
  /** Nobody said that the files hold all entries of a level. */
  | "not-covered"
  /** A level that could not be read, or only in part. */
  | "level-not-read"
  /** A level above of which it is not known that it is there. */
  | "above-unknown"
  /** The period begins before Google's retention, or ends so late that entries may still arrive. */
  | "outside-retention"
  /** The first policy of a resource: what it changed is not known. */
  | "no-predecessor"
  /** An entry was based on a policy that no entry before left. */
  | "broken-chain"
  /** An entry adds what was there, or removes what was not; two entries of one name or call say different things. */
  | "contradiction"
  /** An entry holds neither a policy nor what changed. */
  | "no-policy"
  /** Something changed that may open access, and what it opens is not worked out. */
  | "effect-unknown"
  /** Whether the member of an edge that expired is gone is not known. */
  | "expiry-unknown"
  /** The end that the entries make is not the end that was read. */
  | "end-differs"
  | "unfinished-call"
  | "not-understood"
  /** No matrix is known to have been in force. */
  | "matrix-unknown";

/** One reason why something may have changed that is not told, or that cannot be judged. */
export interface Gap {
  readonly kind: GapKind;
  /** Null where it is about the whole record. */
  readonly resource: string | null;
  /** ISO timestamps; null where it has no such bound. */
  readonly from: string | null;
  readonly to: string | null;
  /** A sentence without a full stop. */
  readonly message: string;
  readonly help: string | null;
}
