import type { Matrix } from "../matrix/model/matrix.ts";
import { existingIn } from "../synth/plan/existing.ts";
import type { ImportPolicy } from "../synth/plan/plan-imports.ts";
import { checkCovers, readKeptSnapshot } from "./read-kept-snapshot.ts";
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
  checkCovers(snapshot, matrix, environments ?? matrix.environments.map(({ name }) => name));
  return { kind: "existing", existing: existingIn(snapshot) };
}
