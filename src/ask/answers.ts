import type { Answer } from "./answer.ts";
import type { Path, Verdict } from "../access/access.ts";
import type { Reason } from "../access/judged.ts";
import type { UnreadEntry } from "../drift/drift-report.ts";
import type { Since } from "../history/matrix-history.ts";
import type { CellState, EdgeFact, Grid, GridCallee, GridCell, LiveNote } from "./grid.ts";
import type { OutsideAnswer } from "./outside/outside-answer.ts";
import type { Reached } from "./reach.ts";
import type { Step } from "./steps.ts";

/** Where and when a question was asked. */
export interface Asked {
  readonly environment: string;
  /** The root file of the matrix. */
  readonly matrix: string;
  /** The moment at which conditions and expiry are judged, as an ISO timestamp. */
  readonly asOf: string;
  /** Null where only the matrix was asked. */
  readonly live: LiveNote | null;
  /** What was not read and bears on the answer; blind spots that an exception accepts are not among them. */
  readonly doubts: readonly UnreadEntry[];
  /** How many reads failed that do not bear on it. */
  readonly besides: number;
  /** Sets whose members were not read, where the answer hangs on whether they hold a caller. Sorted. */
  readonly sets: readonly string[];
  /** Whether nothing that was not read inside the scope bears on it. */
  readonly complete: boolean;
}

/** Who can call one service, in one environment. */
export interface CallersAnswer extends Asked {
  readonly service: GridCallee;
  readonly callers: readonly CallerLine[];
  /** Whether callers of callers were asked for. */
  readonly transitive: boolean;
  /** Why nobody knows since when some edges are there; null where they do, or nobody asked. */
  readonly history: string | null;
}

export interface CallerLine {
  readonly caller: string;
  readonly kind: Grid["callers"][number]["kind"];
  readonly workload: Grid["callers"][number]["workload"];
  readonly principal: string;
  /** How it becomes the account that it calls as; null of all that do not come from outside. The rest is the account's. */
  readonly outside: OutsideAnswer | null;
  /** 1: calls it itself. */
  readonly distance: number;
  /** In calling order, both ends included. */
  readonly path: readonly string[];
  /** Of the pair itself; of whoever comes through others, that of the last call that it makes itself. */
  readonly state: CellState;
  readonly verdict: GridCell["verdict"];
  readonly as: GridCell["as"];
  readonly sets: GridCell["sets"];
  readonly edges: readonly EdgeFact[];
  /** Its live ways in, each once. Empty of those that come through others. */
  readonly ways: readonly Path["hops"][];
  /** The rules of the findings about the pair. */
  readonly findings: readonly string[];
  /** Null where nobody asked. */
  readonly since: Since | null;
}

/** Whether one may call another. */
export interface CanAnswer extends Asked {
  readonly caller: string;
  readonly callee: string;
  /** Of the world where it was looked at, else of the matrix. */
  readonly answer: Answer;
  readonly transitive: boolean;
  readonly declared: DeclaredAnswer;
  /** Of a caller from outside that of its account. */
  readonly reality: LiveAnswer | null;
  /** How it becomes the account that it calls as; null of all that do not come from outside. */
  readonly outside: OutsideAnswer | null;
}

export interface DeclaredAnswer {
  readonly answer: "yes" | "no";
  /** Of the pair, those that hold no more among them. */
  readonly edges: readonly EdgeFact[];
  /** Whether it may call since everybody may. */
  readonly everybody: boolean;
  /** In calling order; empty where there is no way. */
  readonly path: readonly string[];
}

export interface LiveAnswer {
  readonly answer: Answer;
  readonly path: readonly string[];
  /** The calls along it. */
  readonly steps: readonly Step[];
  /** Sets that may call, and of which nobody knows whether the caller is in them: groups, mostly. */
  readonly groups: readonly string[];
  /** Where it may call by another account than the matrix gives it now, which is less sure to. Mostly null. */
  readonly as: OtherAccount | null;
  /** Why it is less than sure. */
  readonly reasons: readonly Reason[];
  /** Of the pair itself, region by region: where it runs and is to run. */
  readonly regions: readonly LiveRegion[];
}

export interface OtherAccount {
  /** As policies write it. */
  readonly principal: string;
  /** Whether the matrix says that it was its account before; else it was seen to run as it. */
  readonly isPrevious: boolean;
  /** The account that the matrix gives it now, and whether that may call. */
  readonly declared: string;
  readonly declaredMay: "no" | "perhaps";
}

export interface LiveRegion {
  readonly region: string;
  readonly state: "present" | "absent" | "unread";
  readonly resource: string | null;
  readonly verdict: Verdict | "no";
}

/** What is reachable for whoever takes an identity. */
export interface BlastAnswer extends Asked {
  readonly name: string;
  /** What acts as its account, in a few words; null of all but workloads. */
  readonly workload: string | null;
  readonly principals: readonly string[];
  /** By distance (the shorter of the two), sensitive first, then by name. */
  readonly reached: readonly BlastLine[];
  /** Groups that may call something and whose members were not read. */
  readonly groups: readonly string[];
}

export interface BlastLine {
  readonly callee: string;
  readonly sensitive: boolean;
  readonly owner: string | null;
  readonly declared: Way | null;
  readonly live: Way | null;
}

/** A shortest way. */
export interface Way {
  readonly distance: number;
  readonly path: readonly string[];
  readonly steps: readonly Step[];
  /** The least of what its calls are; null where only the matrix says so. */
  readonly verdict: Step["verdict"];
}

/** Who can call what, of everybody. */
export interface ListAnswer extends Asked {
  readonly grid: Grid;
  /** In the order of the grid. */
  readonly cells: readonly GridCell[];
  /** How many cells of agents of Google are left out. */
  readonly managed: number;
  /** Pairs that are connected through others; null where nobody asked. */
  readonly through: { readonly listed: readonly Reached[]; readonly isWhole: boolean } | null;
}
