import type { Matrix } from "../../matrix/model/matrix.ts";
import type { World } from "../../matrix/model/world.ts";
import { listModes, type ModesQuestion } from "../../modes/list-modes.ts";
import type { ModesFormatName } from "../../report/modes/format-names.ts";
import { modesFormats } from "../../report/modes/formats.ts";
import type { Snapshot } from "../../snapshot/snapshot.ts";
import type { Instant } from "../../time/instant.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { checkEnvironments } from "../matrix-source.ts";
import { pickWorld } from "../pick-world.ts";
import { readBeside } from "../read-beside.ts";
import { checkCovers } from "../read-kept-snapshot.ts";
import type { Session } from "../session.ts";
import { version } from "../version.ts";

interface Given {
  readonly env?: readonly string[];
  readonly snapshot?: string;
  readonly format?: ModesFormatName;
  readonly asOf?: Instant;
}

/** `matrix modes`: how far each service is, and what one step up would do. */
export async function listModesOf(session: Session, file: string | undefined, given: Given): Promise<ExitCode> {
  const { io, color, quiet, verbose } = session;
  const beside = await readBeside(session, file, given, "modes");
  if (typeof beside === "number") return beside;
  const { validated, matrix, snapshot, asOf } = beside;
  checkEnvironments(validated, given.env);
  const worlds = pickWorlds(matrix, given.env, snapshot);
  const live = await liveOf(snapshot, asOf);
  const report = listModes({ matrix, name: validated.name, worlds, live });
  io.stdout.write(
    modesFormats[given.format ?? "text"](report, {
      color: color.stdout,
      width: io.stdout.width,
      quiet,
      verbose,
      version,
    }),
  );
  return report.complete ? exitCodes.clean.code : exitCodes.incomplete.code;
}

/** The environments that are asked for; with a snapshot, those that it was read for. */
function pickWorlds(
  matrix: Matrix,
  wanted: readonly string[] | undefined,
  snapshot: Snapshot | undefined,
): readonly World[] {
  const worlds = matrix.worlds.filter(({ environment }) => wanted?.includes(environment.name) !== false);
  if (snapshot === undefined) return worlds;
  const picked = wanted === undefined ? [pickWorld(matrix, snapshot.environment ?? undefined)] : worlds;
  for (const { environment } of picked) checkCovers(snapshot, matrix, [environment.name]);
  return picked;
}

async function liveOf(snapshot: Snapshot | undefined, asOf: Instant): Promise<ModesQuestion["live"]> {
  if (snapshot === undefined) return undefined;
  const { viewLive } = await import("../../drift/drift.ts");
  return { snapshot, view: viewLive(snapshot, asOf) };
}
