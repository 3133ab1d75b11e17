import type { Matrix } from "../matrix/model/matrix.ts";
import type { World } from "../matrix/model/world.ts";
import type { Place } from "../matrix/text/place.ts";
import type { Span } from "../matrix/text/source-text.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import type { Applied } from "./applied.ts";

/** What is compared: a matrix with the world as a snapshot shows it. */
export interface Comparison {
  /** Read at the moment at which the snapshot is judged: `matrix.asOf`. */
  readonly matrix: Matrix;
  /** The root file of the matrix. */
  readonly name: string;
  readonly world: World;
  readonly snapshot: Snapshot;
  /** Whether indirect ways to every service are listed, not only to sensitive ones. */
  readonly indirect: boolean;
  /** What is known of the last apply. */
  readonly applied: Applied;
  readonly locate: (at: Place) => Span;
}
