import type { Place } from "../matrix/text/place.ts";
import type { ChangeKind } from "./change-kind.ts";

/** Plain data, as JSON holds it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** One difference between two matrices, without a judgement. The same difference in several environments is one fact. */
export interface Fact {
  readonly kind: ChangeKind;
  /**
   * The key of what differs: of a service, caller, set, rule, …; of an edge `caller -> callee`; the id of an exception; null
   * where it is the matrix itself. Names are those of the later matrix, where it has the thing.
   */
  readonly subject: string | null;
  /** The environments in which it differs like this, sorted; none where it is about no environment. */
  readonly environments: readonly string[];
  /** Whose access it is about: the caller of an edge, `internet` of a public service. Null elsewhere. */
  readonly from: string | null;
  /** The callee of an edge; the key of a service, where it is about one. Null elsewhere. */
  readonly to: string | null;
  /** What the matrix said and says: resolved, without what stays the same. Null where it said or says nothing. */
  readonly before: Json;
  readonly after: Json;
  /** Keys of `before` and `after` that say no more than what the environment and the key of the thing give by themselves. */
  readonly usual?: readonly string[];
  /** Where the earlier and the later matrix say it. */
  readonly was: Place | null;
  readonly at: Place | null;
}
