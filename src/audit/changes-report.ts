import type { Actor, AuditLevel, EntryId } from "./audit-entry.ts";
import type { Gap } from "./gap.ts";
import type { Way } from "./role-ways.ts";

/** Who changed which access in a period, and whether the matrix that was in force said so. Everything is in its one order. */
export interface ChangesReport {
  readonly environment: string;
  /** The root file of the matrix. */
  readonly matrix: string;
  /** ISO timestamps: the first moment of the period, and the first one after it. */
  readonly from: string;
  readonly to: string;
  readonly sources: readonly LogSource[];
  /** The levels of which all entries were read, and by whose word. */
  readonly covered: readonly { readonly level: string; readonly by: "read" | "word" }[];
  /** Why all was judged by the matrix as it is now; null where each was by the one in force. */
  readonly withoutHistory: string | null;
  /** Whether nothing may have changed that is not told. */
  readonly complete: boolean;
  readonly gaps: readonly Gap[];
  readonly summary: ChangesSummary;
  readonly changes: readonly AccessChange[];
  readonly settings: readonly SettingChange[];
  /** Changed, and the effect is not worked out. */
  readonly others: readonly OtherChange[];
  readonly expiries: readonly ExpiredEdge[];
}

export interface LogSource {
  readonly name: string;
  readonly entries: number;
  /** ISO timestamps of the first and the last entry; null where it has none. */
  readonly first: string | null;
  readonly last: string | null;
}

export interface ChangesSummary {
  /** Items that were read, and what became of those that are no change of access. */
  readonly items: number;
  readonly duplicates: number;
  readonly failed: number;
  /** Before or after the period. */
  readonly outside: number;
  /** Of other logs and APIs, and methods that change no access. */
  readonly aside: number;
  /** Grants and removals of roles that open no service, or elsewhere. */
  readonly unrelated: number;
  readonly granted: number;
  readonly removed: number;
  readonly against: number;
}

/** Whom the log names. */
export interface Who extends Actor {
  /** Whether it is the identity that --applier names. */
  readonly isApplier: boolean;
}

/** A commit of the matrix. */
export interface InForceCommit {
  readonly id: string;
  readonly at: string;
}

/**
 * Of a grant: `declared`, `inherited`, `managed` (one of Google's own agents), `expired` (was declared until then),
 * `undeclared`. Of a removal the same of what was removed: to remove what is declared is against the matrix, to remove
 * anything else is not. `unknown`: no matrix is known to have been in force.
 */
export type ChangeStanding = "declared" | "inherited" | "managed" | "expired" | "undeclared" | "unknown";

interface Told {
  /** An ISO timestamp. */
  readonly at: string;
  readonly who: Who;
  readonly entry: EntryId;
  readonly method: string;
}

export interface AccessChange extends Told {
  /** `holds`: the first policy that is known has it, and nobody knows since when. Told where it is against the matrix. */
  readonly change: "granted" | "removed" | "holds";
  readonly resource: string;
  readonly level: AuditLevel;
  /** The key, where it is a service of the matrix. */
  readonly service: string | null;
  readonly role: string;
  readonly member: string;
  /** The expression. */
  readonly condition: string | null;
  /** `opens`: a service, directly. `may-open`: by another step, or by a role that is not known. */
  readonly relevance: "opens" | "may-open";
  readonly way: Way;
  readonly standing: ChangeStanding;
  /** The edge, service or `inherited` entry that declares it. */
  readonly declaredBy: string | null;
  readonly commit: InForceCommit | null;
  /** Whether it contradicts the matrix in force. */
  readonly against: boolean;
  /** Whether this entry did it: else it was this one, or one before it that is missing. */
  readonly sure: boolean;
  readonly source: "delta" | "policies" | "deleted";
}

export interface SettingChange extends Told {
  readonly resource: string;
  readonly service: string | null;
  readonly setting:
    | "created"
    | "deleted"
    | "ingress"
    | "invokerCheckDisabled"
    | "defaultUrlDisabled"
    | "iapEnabled"
    | "account";
  readonly before: string | null;
  readonly after: string | null;
  /** `unsaid`: the language has no word for it. */
  readonly standing: "declared" | "undeclared" | "unsaid" | "unknown";
  readonly declared: string | null;
  readonly commit: InForceCommit | null;
  readonly against: boolean;
  /** Whether this entry changed it: else it is the first one known, and since when it is so is not. */
  readonly sure: boolean;
}

export interface OtherChange extends Told {
  readonly what: string;
  readonly resource: string;
  readonly detail: string | null;
  /** Whether it may let somebody in: then it is a gap too. */
  readonly mayOpen: boolean;
}

/** An edge whose end lies in the period, on one resource. */
export interface ExpiredEdge {
  readonly edge: string;
  readonly resource: string;
  readonly member: string;
  /** From when on it no longer held. */
  readonly expired: string;
  /**
   * `still-there` at the end of the period; `still-otherwise`: gone from the row, and let in by another grant that
   * nobody declared; `unknown` where the policy was not known when it expired.
   */
  readonly outcome: "gone" | "gone-before" | "still-there" | "still-otherwise" | "unknown";
  /** When the member truly disappeared. */
  readonly goneAt: string | null;
  /** Of an unknown outcome: the first moment at which it is known not to be there. */
  readonly notThereFrom: string | null;
  /** What still lets it in: a role on a resource. */
  readonly otherwise: string | null;
  readonly who: Who | null;
  readonly entry: EntryId | null;
}
