import type { Verdict } from "../access/access.ts";
import type { AccessRow, DriftFinding, DriftReport, SnapshotNote, UnreadEntry } from "../drift/drift-report.ts";
import type { CallerKind, Labels, Stage } from "../matrix/model/world.ts";
import type { Ingress, Kind, Mode } from "../matrix/schema/generated/document.ts";
import type { Span } from "../matrix/text/source-text.ts";
import type { OutsideAnswer } from "./outside/outside-answer.ts";

/**
 * Who may call what in one environment: what the matrix says, and beside it what is live, where that was looked at. Every
 * list is in its one order.
 */
export interface Grid {
  readonly environment: string;
  /** The root file of the matrix. */
  readonly matrix: string;
  /** The moment at which conditions and expiry are judged, as an ISO timestamp. */
  readonly asOf: string;
  /** Null where only the matrix was looked at. */
  readonly live: LiveNote | null;
  /** The services of the matrix by key; then those that only run, by resource. */
  readonly callees: readonly GridCallee[];
  /** `internet`; services and callers of the matrix by key; then principals that are none of it. */
  readonly callers: readonly GridCaller[];
  /** By callee, then caller, in the order of those. A pair of which nothing is to be said has none. */
  readonly cells: readonly GridCell[];
  /** Of drift, in its order; empty where only the matrix was looked at. */
  readonly findings: readonly DriftFinding[];
}

/** What the live half of a grid stands on. */
export interface LiveNote {
  readonly snapshot: SnapshotNote;
  /** Whether everything inside the scope was read, but for blind spots that an exception accepts. */
  readonly complete: boolean;
  /** With every service of the matrix that each bears on, those that were not found among them. */
  readonly unread: readonly UnreadEntry[];
  /** The levels above the scope, read or not: they are not part of `complete`. */
  readonly horizon: DriftReport["horizon"];
}

export interface GridCallee {
  /** The key; the resource of a service that the matrix does not name. */
  readonly id: string;
  readonly key: string | null;
  readonly kind: Kind;
  readonly owner: string | null;
  readonly description: string | null;
  readonly labels: Labels;
  readonly project: string;
  readonly regions: readonly string[];
  /** Where it runs besides: the matrix does not have it there. Who may call it there may call it. */
  readonly undeclaredRegions: readonly string[];
  /** The Cloud Run id. */
  readonly name: string;
  /** The email that it runs as: declared, or live where the matrix does not name it. */
  readonly account: string | null;
  readonly ingress: Ingress | null;
  readonly mode: Mode | null;
  readonly stage: Stage | null;
  /** Why it is public. Null where it is not meant to be. */
  readonly public: { readonly reason: string | null; readonly via: "allUsers" | "no-invoker-check" } | null;
  readonly iap: "service" | "load-balancer" | null;
  readonly sensitive: boolean;
  /** Where the matrix defines it. */
  readonly span: Span | null;
}

export interface GridCaller {
  /** The key; the principal where it is none of the matrix; `internet` for everybody. */
  readonly id: string;
  readonly key: string | null;
  readonly kind: Kind | CallerKind | "internet" | "principal";
  /** What acts as its account, in a few words: `repository acme/shop, branch main`. Null of all but workloads. */
  readonly workload: string | null;
  /** How it becomes the account that it calls as. Absent of all that do not come from outside. */
  readonly outside?: OutsideAnswer;
  /** As policies write it. */
  readonly principal: string;
  readonly owner: string | null;
  readonly description: string | null;
  readonly labels: Labels;
  readonly span: Span | null;
}

/**
 * What is to be thought of one pair. The first that is true, of:
 * `public`: everybody may call, and is meant to. `undeclared`: may call, surely, and nobody said so, or nobody any more.
 * `conditional`, `unknown`: may perhaps call, and nobody said so; `conditional` also whoever has to take on another
 * identity, or change a policy, before. `missing`: is declared, and may not call in one place at least. `beyond`: is
 * declared, and what lets it in is more than that, or something else: an open finding says so, or the declared grant is not
 * there. `expired`: was declared, is no more, and holds nothing of its own. `accepted`: may call, undeclared, and an exception accepts it. `inherited`: from
 * above, as declared. `managed`: one of Google's own agents. `agreed`: declared and so. `declared`: declared, and reality
 * was not looked at, or is not to follow yet: the service is planned. `unsure`: declared, and whether it is so could
 * not be read, or hangs on a condition.
 */
export type CellState =
  | "public"
  | "undeclared"
  | "conditional"
  | "unknown"
  | "missing"
  | "beyond"
  | "expired"
  | "accepted"
  | "inherited"
  | "managed"
  | "unsure"
  | "agreed"
  | "declared";

export interface GridCell {
  readonly callee: string;
  readonly caller: string;
  readonly state: CellState;
  /** What the matrix says of the pair: several where it is written for several sets. Empty where it says nothing. */
  readonly edges: readonly EdgeFact[];
  /**
   * What is live: a row for each region and ring. Of a caller that comes only through a set, those of the set; of one
   * that may call in no direct way, the indirect ones.
   */
  readonly rows: readonly AccessRow[];
  /** The strongest of the rows' verdicts; `no` where there is none and all was read; null where nobody looked. */
  readonly verdict: Verdict | "no" | null;
  /** The account that it runs as and by which it may call, where its own may not: as policies write it. Mostly null. */
  readonly as: string | null;
  /** Where the verdict is unknown: sets that may call, and of which nobody knows whether they hold the caller. Sorted. */
  readonly sets: readonly string[];
  /** Indexes into the findings of the grid. */
  readonly findings: readonly number[];
}

/** One edge as somebody wrote it. */
export interface EdgeFact {
  /** `caller -> callee` as it stands in the file: either side may be a set. */
  readonly key: string;
  readonly environment: string;
  readonly holds: "yes" | "expired" | "retired";
  readonly reason: string | null;
  /** Of the callee. */
  readonly owner: string | null;
  readonly ticket: string | null;
  readonly expires: string | null;
  readonly reviewed: string | null;
  readonly through: "iap" | null;
  readonly span: Span;
}
