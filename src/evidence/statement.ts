import type { DriftReport } from "../drift/drift-report.ts";
import type { EdgeFact } from "../ask/grid.ts";

/** What cannot be worked out again from the files of a pack: it was seen when the pack was made, and is recorded. */
export interface Recorded {
  readonly environment: string;
  /** The moment at which everything is judged, as an ISO timestamp. */
  readonly asOf: string;
  /** The root file, below `sources/`. */
  readonly root: string;
  readonly commit: CommitRecord;
  readonly history: HistoryRecord;
}

/**
 * committed: the files are, byte for byte, those of the commit; `id` is the one that last changed them. differs: they are
 * not those of the commit that is checked out. unknown: there is no history to look at.
 */
export type CommitRecord =
  | {
      readonly state: "committed";
      readonly id: string;
      readonly at: string;
      readonly author: string;
      readonly subject: string;
    }
  | { readonly state: "differs"; readonly id: string }
  | { readonly state: "unknown"; readonly reason: string };

export interface HistoryRecord {
  /** From when on commits are listed, as an ISO timestamp; null for all. */
  readonly from: string | null;
  /** Commits that changed a file of the matrix, newest first. */
  readonly commits: readonly HistoryCommit[];
  /** Why there may be more. */
  readonly cutOff: string | null;
}

export interface HistoryCommit {
  readonly id: string;
  readonly at: string;
  readonly author: string;
  readonly subject: string;
  readonly parents: readonly string[];
  /** The root file of the matrix then, from the top of the repository. */
  readonly matrix: string;
  /**
   * What it changed against its first parent; null where a record names the commit itself, where none names what it merged
   * and none covers what it changed, and where that cannot be told.
   */
  readonly changes: CommitChanges | null;
}

export interface CommitChanges {
  /** The root file of the matrix then, from the top of the repository. */
  readonly matrix: string;
  /** Whose approval it needs, and for what. */
  readonly needs: readonly CommitNeed[];
}

export interface CommitNeed {
  readonly owner: string | null;
  readonly github: readonly string[];
  /** As `matrix diff` has them. */
  readonly fingerprints: readonly string[];
}

/** The population, and how complete it is. Everything is in its one order; what is not known is null. */
export interface EvidenceStatement {
  readonly schema: "matrix/evidence/v1";
  readonly version: string;
  readonly recorded: Recorded;
  readonly reading: {
    readonly reader: string | null;
    readonly startedAt: string;
    readonly finishedAt: string;
    /** The version of matrix that read. */
    readonly version: string;
    readonly sha256: string;
    readonly endpoints: Readonly<Record<string, string>>;
    /** Whether members of groups were asked for. */
    readonly groups: boolean;
  };
  readonly scope: ScopePart;
  readonly counts: readonly Count[];
  readonly completeness: {
    readonly complete: boolean;
    readonly unread: DriftReport["unread"];
    readonly horizon: DriftReport["horizon"];
    readonly unexpanded: readonly string[];
    readonly builtInRoles: DriftReport["builtInRoles"];
  };
  readonly verdict: DriftReport["summary"];
  readonly enforcement: Enforcement;
  readonly approvals: ApprovalsPart;
  /** Why there is no Terraform in the pack; null where there is. */
  readonly withoutTerraform: string | null;
}

export interface ScopePart {
  /** The scope as it was asked for. */
  readonly asked: readonly string[];
  /** What Google was asked for each part of it, apart from what the matrix says. */
  readonly levels: readonly ScopeLevel[];
  /** Every project that the scope holds, the matrix names, or the reading touched. By id. */
  readonly projects: readonly ScopeProject[];
  /**
   * How far the projects are from lists of Google's own. all: each part of the scope was listed in full. some: others were
   * named by people, or not read in full. none: no list was read.
   */
  readonly independence: "all" | "some" | "none";
}

export interface ScopeLevel {
  readonly resource: string;
  /** The requests that list its projects; null for a project: it was named by a person, and nothing was asked. */
  readonly calls: readonly string[] | null;
  readonly status: "read" | "partial" | "denied" | "failed" | "not asked";
  readonly reason: string | null;
  readonly projects: readonly string[];
}

export interface ScopeProject {
  readonly project: string;
  /** Whether a list of Google's holds it; null where none does, and not every list was read in full, or there is none. */
  readonly inScope: boolean | null;
  /** Whether the matrix names it in this environment. */
  readonly named: boolean;
  /** Whether its services were read. */
  readonly read: boolean;
}

export interface Count {
  readonly what: string;
  readonly count: number;
  /** The requests that it was counted by. */
  readonly calls: readonly string[];
  /** Whether all of them answered in full, and every list that says what to ask was read. */
  readonly complete: boolean;
}

export interface Enforcement {
  readonly edges: readonly EnforcedEdge[];
  /** Services that everybody may call, whatever the edges to them say. */
  readonly public: readonly { readonly service: string; readonly via: string; readonly reason: string | null }[];
  readonly counts: Readonly<Record<EdgeState, number>>;
}

/**
 * enforced: Terraform owns who may call, and removes all others. added: it adds the caller, and removes nobody. observed: it
 * changes nothing. planned, expired and retired edges are in no policy. public: everybody may call the service anyway.
 */
export type EdgeState = "enforced" | "added" | "observed" | "public" | "planned" | "expired" | "retired";

export interface EnforcedEdge extends Pick<EdgeFact, "reason" | "ticket" | "expires" | "reviewed"> {
  readonly caller: string;
  readonly callee: string;
  readonly owner: string | null;
  readonly state: EdgeState;
}

export interface ApprovalsPart {
  readonly records: readonly ApprovalRecord[];
  /** Every commit of the history, with the records that are about it. */
  readonly commits: readonly {
    readonly id: string;
    readonly at: string;
    readonly author: string;
    readonly subject: string;
    /** Files of the pack; empty where no record is about it. */
    readonly records: readonly string[];
    /** Whether a record names the commit, or covers all its changes that need approval; null where none is about it. */
    readonly by: "commit" | "changes" | null;
  }[];
}

export interface ApprovalRecord {
  /** In the pack. */
  readonly file: string;
  readonly repository: string;
  readonly pullRequest: number;
  readonly head: string;
  /** The root file of the matrix that it is about, from the top of the repository. */
  readonly matrix: string;
  /** As the record says. */
  readonly state: "approved" | "not approved" | "needed none";
  readonly approvers: readonly string[];
  /** The commits of the history that it is about. */
  readonly commits: readonly string[];
}
