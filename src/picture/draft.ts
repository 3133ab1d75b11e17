import type { EdgeFact } from "../ask/grid.ts";
import type { EdgeState, PictureNode } from "./picture.ts";

/** A node before its number is known. */
export interface NodeDraft extends Omit<PictureNode, "isFocus"> {
  /** The box that it stands in; null where in none. */
  readonly cluster: string | null;
}

/** An edge before the numbers of its ends are known. */
export interface EdgeDraft {
  readonly from: string;
  readonly to: string;
  readonly state: EdgeState;
  /** What the matrix says of it. */
  readonly facts: readonly EdgeFact[];
}

export interface Draft {
  /** By name. */
  readonly nodes: ReadonlyMap<string, NodeDraft>;
  readonly edges: readonly EdgeDraft[];
}
