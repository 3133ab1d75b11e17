import { unknownApply } from "../drift/applied.ts";
import type { DriftReport } from "../drift/drift-report.ts";
import type { Matrix } from "../matrix/model/matrix.ts";
import type { World } from "../matrix/model/world.ts";
import type { ValidatedMatrix } from "../matrix/validate-matrix.ts";
import type { AskFormatName } from "../report/ask/format-names.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import type { Instant } from "../time/instant.ts";
import { type ExitCode, exitCodes } from "./exit-codes.ts";
import { requestFor } from "./live-request.ts";
import { readMatrix } from "./matrix-source.ts";
import { pickWorld } from "./pick-world.ts";
import { checkCovers, readKeptSnapshot } from "./read-kept-snapshot.ts";
import { type ReadingOptions, readLive } from "./read-live.ts";
import { refuse } from "./refuse.ts";
import type { Session } from "./session.ts";
import { usableMatrix } from "./usable-matrix.ts";
import { UsageError } from "./usage-error.ts";

/** What options.asking gives to every command that has it: what is looked at. */
export interface WorldOptions extends ReadingOptions {
  readonly env?: string;
  readonly live?: boolean;
  readonly snapshot?: string;
  readonly asOf?: Instant;
}

/** What the options of a question say. */
export interface AskOptions extends WorldOptions {
  readonly format?: AskFormatName;
  readonly transitive?: boolean;
}

/** What a question is asked of: the matrix, and the world where somebody looked at it. */
export interface AskedOf {
  readonly validated: ValidatedMatrix;
  readonly matrix: Matrix;
  /** All environments where none was named, the matrix alone is asked, and the question is about all. */
  readonly worlds: readonly World[];
  readonly snapshot: Snapshot | null;
}

/**
 * Reads the matrix, and Google Cloud or a snapshot of it where the options say so.
 * @param scope whether a question without --env is about all environments
 * @returns the exit code where one of them cannot be used, of which the reason is said by then
 */
export async function readAsked(
  session: Session,
  command: string,
  file: string | undefined,
  given: WorldOptions,
  scope: "one" | "all",
): Promise<AskedOf | ExitCode> {
  const snapshot = await readWorld(session, command, file, given);
  if (typeof snapshot === "number") return snapshot;
  const validated = readMatrix(session.io, file, momentOf(session, snapshot, given));
  const matrix = usableMatrix(validated);
  if (matrix === undefined) return refuse(session, validated, command, exitCodes.usage.code);
  const name = given.env ?? snapshot?.environment ?? undefined;
  const isAll = scope === "all" && snapshot === null && name === undefined && matrix.worlds.length > 0;
  const worlds = isAll ? matrix.worlds : [pickWorld(matrix, name)];
  if (snapshot !== null)
    checkCovers(
      snapshot,
      matrix,
      worlds.map(({ environment }) => environment.name),
    );
  return { validated, matrix, worlds, snapshot };
}

/** The world of a question about one environment. */
export function onlyWorld({ worlds: [world] }: AskedOf): World {
  if (world === undefined) throw new Error("a question about one environment without one");
  return world;
}

/** What is live beside what is declared; null where only the matrix is asked. */
export async function compareAsked(
  { validated, matrix, snapshot }: Omit<AskedOf, "worlds">,
  world: World,
  indirect: boolean,
): Promise<DriftReport | null> {
  if (snapshot === null) return null;
  const { compareLive } = await import("../drift/drift.ts");
  const { name, locate } = validated;
  return compareLive({ matrix, name, world, snapshot, indirect, applied: unknownApply, locate });
}

/** The moment at which matrix and world are judged: what was live is judged as of its reading. */
export function momentOf({ io }: Session, snapshot: Snapshot | null, { asOf }: WorldOptions): Instant {
  return asOf ?? (snapshot === null ? io.now() : (Date.parse(snapshot.finishedAt) as Instant));
}

/**
 * What was live: null where nobody asked; the exit code where nothing could be read.
 * @throws UsageError where options say what cannot be
 */
export async function readWorld(
  session: Session,
  command: string,
  file: string | undefined,
  given: WorldOptions,
): Promise<Snapshot | null | ExitCode> {
  checkOptions(file ?? session.io.env["MATRIX_FILE"], given);
  if (given.snapshot !== undefined) return readKeptSnapshot(session, given.snapshot);
  if (given.live !== true) return null;
  // What is wrong with the matrix is said before minutes of reading.
  const validated = readMatrix(session.io, file, given.asOf ?? session.io.now());
  const matrix = usableMatrix(validated);
  if (matrix === undefined) return refuse(session, validated, command, exitCodes.usage.code);
  return (await readLive(session, requestFor(pickWorld(matrix, given.env)), given)) ?? exitCodes.incomplete.code;
}

/** @throws UsageError where options say what cannot be */
function checkOptions(file: string | undefined, given: WorldOptions): void {
  if (file === "-" && given.snapshot === "-")
    throw new UsageError("standard input can be only one file", "give the other by its name");
  if (file === "-" && given.live === true)
    throw new UsageError("a matrix from standard input needs a snapshot", "add --snapshot FILE, or name the matrix");
  if (given.live === true) return;
  const reading = given.groups === true ? "--groups" : "--impersonate-service-account";
  if (given.groups === true || given.impersonateServiceAccount !== undefined)
    throw new UsageError(`${reading} is about reading Google Cloud`, "add --live, or leave it out");
}
