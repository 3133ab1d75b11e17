import type { CellState, GridCaller } from "../ask/grid.ts";
import type { Kind } from "../matrix/schema/generated/document.ts";

/** A drawing of who may call what, before anybody draws it. Everything is in its one order; nodes are known by number. */
export interface Picture {
  /** One line: what is shown. */
  readonly title: string;
  /** Sentences about it, without a full stop. */
  readonly notes: readonly string[];
  readonly nodes: readonly PictureNode[];
  readonly edges: readonly PictureEdge[];
  readonly clusters: readonly PictureCluster[];
  /** Whether it explains its lines. */
  readonly hasLegend: boolean;
}

export interface PictureNode {
  /** The id of the caller or callee in the grid; of a junction, the key of the edge that it stands for. */
  readonly name: string;
  readonly kind: Kind | GridCaller["kind"] | "junction";
  /** What is said besides the name, a word each: `sensitive`, `planned`, `not in the matrix`. */
  readonly remarks: readonly string[];
  readonly isSensitive: boolean;
  /** Whether the matrix names it. */
  readonly isDeclared: boolean;
  /** Whether the picture is about it. */
  readonly isFocus: boolean;
}

/**
 * What an edge says: a state of the grid, or how it differs from an earlier version. `planned`: beside what is live,
 * declared for a service that is still to come.
 */
export type EdgeState = Exclude<CellState, "managed"> | "gained" | "lost" | "planned";

export interface PictureEdge {
  /** Indexes into the nodes. */
  readonly from: number;
  readonly to: number;
  readonly state: EdgeState;
}

export interface PictureCluster {
  readonly label: string;
  /** Indexes into the nodes. No node is in two. */
  readonly nodes: readonly number[];
}
