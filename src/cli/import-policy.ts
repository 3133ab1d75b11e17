import type { Matrix } from "../matrix/model/matrix.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import { existingIn } from "../synth/plan/existing.ts";
import type { ImportPolicy } from "../synth/plan/plan-imports.ts";
import { readKeptSnapshot } from "./read-kept-snapshot.ts";
import type { Session } from "./session.ts";
import { UsageError } from "./usage-error.ts";

/**
 * What `--imports` says: always, never, or a snapshot of what is there.
 * @param environments those that are synthesized; undefined means all
 * @throws UsageError where the snapshot cannot be read, or is of other projects
 */
export async function readImportPolicy(
  session: Session,
  given: string | undefined,
  matrix: Matrix,
  environments: readonly string[] | undefined,
): Promise<ImportPolicy> {
  if (given === undefined) return { kind: "default" };
  if (given === "always" || given === "never") return { kind: given };
  if (given === "") throw new UsageError("--imports is empty", "write always, never, or the name of a snapshot");
  const snapshot = await readKeptSnapshot(session, given);
  checkCovers(snapshot, matrix, environments);
  return { kind: "existing", existing: existingIn(snapshot) };
}

/** A snapshot that has nothing to do with the stacks would tell nothing, and that would look like an answer. */
function checkCovers(snapshot: Snapshot, matrix: Matrix, wanted: readonly string[] | undefined): void {
  const has = new Set(snapshot.projects.map(({ project }) => project));
  const environments = matrix.environments.filter(({ name }) => wanted?.includes(name) !== false);
  if (environments.some(({ projects }) => projects.some(({ id }) => has.has(id)))) return;
  const names = environments.map(({ name }) => name).join(", ");
  throw new UsageError(
    `the snapshot has no project of ${names}`,
    `it was read for ${snapshot.environment ?? "no environment"}: read one with matrix snapshot --env ${environments[0]?.name ?? ""}`,
  );
}
