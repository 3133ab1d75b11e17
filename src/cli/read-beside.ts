import type { Matrix } from "../matrix/model/matrix.ts";
import type { ValidatedMatrix } from "../matrix/validate-matrix.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import type { Instant } from "../time/instant.ts";
import { type ExitCode, exitCodes } from "./exit-codes.ts";
import { readMatrix } from "./matrix-source.ts";
import { readKeptSnapshot } from "./read-kept-snapshot.ts";
import { refuse } from "./refuse.ts";
import type { Session } from "./session.ts";
import { usableMatrix } from "./usable-matrix.ts";
import { UsageError } from "./usage-error.ts";

/** A matrix, and the snapshot that it is looked at beside. */
export interface Beside {
  readonly validated: ValidatedMatrix;
  readonly matrix: Matrix;
  readonly snapshot: Snapshot | undefined;
  /** The moment at which both are judged: now, unless told otherwise, as in synth. The snapshot only says what is live. */
  readonly asOf: Instant;
}

/**
 * Reads a matrix, and a snapshot where one is given.
 * @returns the exit code where the matrix cannot be used, which is explained by then
 * @throws UsageError where one of them cannot be read
 */
export async function readBeside(
  session: Session,
  file: string | undefined,
  given: { readonly snapshot?: string; readonly asOf?: Instant },
  command: string,
): Promise<Beside | ExitCode> {
  const { io } = session;
  if ((file ?? io.env["MATRIX_FILE"]) === "-" && given.snapshot === "-")
    throw new UsageError("standard input can be only one file", "give the others by their names");
  const snapshot = given.snapshot === undefined ? undefined : await readKeptSnapshot(session, given.snapshot);
  const asOf = given.asOf ?? io.now();
  const validated = readMatrix(io, file, asOf);
  const matrix = usableMatrix(validated);
  return matrix === undefined
    ? refuse(session, validated, command, exitCodes.usage.code)
    : { validated, matrix, snapshot, asOf };
}
