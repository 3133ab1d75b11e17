import { askLive } from "../../src/ask/ask-live.ts";
import { buildGrid } from "../../src/ask/build-grid.ts";
import type { AskSource } from "../../src/ask/can-call.ts";
import type { Grid } from "../../src/ask/grid.ts";
import type { Snapshot } from "../../src/snapshot/snapshot.ts";
import { emptySnapshot } from "../access/tiny-world.ts";
import { driftOf, readMatrixFor, worldOf } from "../drift/drift-of.ts";

/** What questions are answered from: a matrix, and a snapshot where one is given. */
export function sourceOf(text: string, snapshot: Snapshot | null, indirect = false): AskSource {
  const validated = readMatrixFor(text, snapshot ?? emptySnapshot);
  const { matrix, name, locate } = validated;
  if (matrix === undefined) throw new Error(JSON.stringify(validated.findings));
  const world = worldOf(validated);
  const drift = snapshot === null ? null : driftOf(text, snapshot, { indirect });
  const live = askLive(drift, world, snapshot);
  return { grid: buildGrid({ matrix, name, world, locate, ...live }), world, ...live };
}

/** Each cell as `callee <- caller: state`, agents of Google aside. */
export function told({ cells }: Grid): readonly string[] {
  return cells.flatMap(({ callee, caller, state, verdict }) =>
    state === "managed" ? [] : `${callee} <- ${caller}: ${state} ${verdict ?? ""}`.trim(),
  );
}
