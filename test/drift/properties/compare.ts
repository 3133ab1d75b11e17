import { compareLive } from "../../../src/drift/compare-live.ts";
import { unknownApply } from "../../../src/drift/applied.ts";
import type { DriftReport } from "../../../src/drift/drift-report.ts";
import type { Matrix } from "../../../src/matrix/model/matrix.ts";
import type { World } from "../../../src/matrix/model/world.ts";
import type { Snapshot } from "../../../src/snapshot/snapshot.ts";

/** Drift of one environment, with nothing known of the last apply. */
export function compare(matrix: Matrix, world: World, snapshot: Snapshot): DriftReport {
  return compareLive({
    matrix,
    name: "matrix.yaml",
    world,
    snapshot,
    indirect: false,
    applied: unknownApply,
    locate: (place) => ({ file: place.file, line: 1, column: 1, endLine: 1, endColumn: 1 }),
  });
}
