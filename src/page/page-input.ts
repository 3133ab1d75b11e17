import type { EdgeFact, Grid } from "../ask/grid.ts";
import type { DriftReport } from "../drift/drift-report.ts";
import type { MatrixCommit, Since } from "../history/matrix-history.ts";

/** All that a page is made of: the same input gives the same bytes. */
export interface PageInput {
  readonly grid: Grid;
  /** Of the same world and snapshot. Null where only the matrix was looked at. */
  readonly report: DriftReport | null;
  /** Null where nobody asked for it. */
  readonly history: PageHistory | null;
  /** A drawing of the grid as one `<svg>` element that the graph part of this program wrote; null where there is none. */
  readonly picture: string | null;
  /** Of the tool. */
  readonly version: string;
}

export interface PageHistory {
  /** The commit whose matrix this is; null where the files differ from every commit. */
  readonly commit: MatrixCommit | null;
  /** Since when what an edge says is in the matrix. */
  readonly sinceOf: (edge: EdgeFact) => Since;
  /** Why there may be older versions. */
  readonly cutOff: string | null;
}
