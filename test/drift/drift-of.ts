import { type Applied, unknownApply } from "../../src/drift/applied.ts";
import { compareLive } from "../../src/drift/compare-live.ts";
import type { DriftReport } from "../../src/drift/drift-report.ts";
import type { World } from "../../src/matrix/model/world.ts";
import { validateMatrix, type ValidatedMatrix } from "../../src/matrix/validate-matrix.ts";
import type { Snapshot } from "../../src/snapshot/snapshot.ts";
import type { Instant } from "../../src/time/instant.ts";
import { treeOf } from "../matrix/in-memory.ts";

export interface DriftOptions {
  readonly environment?: string;
  /** Whether indirect ways to every service are listed. */
  readonly indirect?: boolean;
  readonly applied?: Applied;
}

/** The text of a matrix, judged when a snapshot was finished. */
export function readMatrixFor(text: string, { finishedAt }: Snapshot): ValidatedMatrix {
  const validated = validateMatrix(treeOf({ "matrix.yaml": text }), "matrix.yaml", Date.parse(finishedAt) as Instant);
  if ("problem" in validated) throw new Error(validated.problem);
  return validated;
}

export function worldOf({ matrix, findings }: ValidatedMatrix, environment = "prod"): World {
  const world = matrix?.worlds.find((each) => each.environment.name === environment);
  if (world === undefined) throw new Error(`no environment ${environment}: ${JSON.stringify(findings)}`);
  return world;
}

/** What `matrix drift` finds between a matrix and a snapshot. */
export function driftOf(text: string, snapshot: Snapshot, options: DriftOptions = {}): DriftReport {
  const { environment = "prod", indirect = false, applied = unknownApply } = options;
  const validated = readMatrixFor(text, snapshot);
  const { matrix, name, locate } = validated;
  if (matrix === undefined) throw new Error(JSON.stringify(validated.findings));
  return compareLive({ matrix, name, world: worldOf(validated, environment), snapshot, indirect, applied, locate });
}
