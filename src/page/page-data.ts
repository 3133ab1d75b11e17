import type { CellState } from "../ask/grid.ts";

/**
 * What the script of the page reads. Texts that repeat stand once in `strings` and are named by their index, as is
 * whatever else a list holds. Every text can be shown as it is: hidden characters are visible already.
 */
export interface PageData {
  readonly environment: string;
  readonly hasLive: boolean;
  readonly strings: readonly string[];
  readonly callees: readonly CalleeData[];
  readonly callers: readonly CallerData[];
  readonly edges: readonly EdgeData[];
  readonly hops: readonly HopData[];
  readonly paths: readonly PathData[];
  readonly rows: readonly RowData[];
  readonly cells: readonly CellData[];
  readonly findings: readonly FindingData[];
}

/** A service as a column. Absent is what is not so, or not known. */
export interface CalleeData {
  readonly id: string;
  readonly kind: string;
  readonly isForeign?: true;
  readonly owner?: string;
  readonly labels?: readonly string[];
  /** The same service as a row: an index into callers. */
  readonly caller?: number;
  /** What there is to be said of it besides: a word and a text. */
  readonly facts: readonly FactData[];
}

/** A caller as a row. */
export interface CallerData {
  readonly id: string;
  readonly kind: string;
  readonly isForeign?: true;
  readonly owner?: string;
  readonly labels?: readonly string[];
  /** The same service as a column: an index into callees. */
  readonly callee?: number;
  readonly facts: readonly FactData[];
}

/** Indexes of strings: what, and its text. */
export type FactData = readonly [label: number, text: number];

/** Lines of facts of one edge, under its key. */
export interface EdgeData {
  readonly key: number;
  readonly holds: "yes" | "expired" | "retired";
  readonly facts: readonly FactData[];
}

/** Indexes of strings: the step as a sentence, and the level at which its grant stands. */
export type HopData = readonly [sentence: number, level: number];

/** How sure it is, as an index of strings; then indexes of hops. */
export type PathData = readonly [allow: number, ...hops: readonly number[]];

/** Indexes of strings: where, the verdict and the ring; then indexes of paths. */
export type RowData = readonly [where: number, verdict: number, ring: number, ...paths: readonly number[]];

export type CellData = readonly [
  callee: number,
  caller: number,
  state: CellState,
  edges: readonly number[],
  rows: readonly number[],
  findings: readonly number[],
];

export interface FindingData {
  readonly rule: string;
  /** Neither accepted nor pending. */
  readonly isOpen: boolean;
  readonly services: readonly number[];
}
