import { foundName } from "../asked-name.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { type AskOptions, compareAsked, onlyWorld, readAsked } from "../read-asked.ts";
import type { Session } from "../session.ts";
import { version } from "../version.ts";

/** `matrix blast-radius`: everything that is reachable for whoever takes an identity. */
export async function askBlast(
  session: Session,
  word: string,
  file: string | undefined,
  given: AskOptions,
): Promise<ExitCode> {
  const { io, color, quiet, verbose } = session;
  const asked = await readAsked(session, "blast-radius", file, given, "one");
  if (typeof asked === "number") return asked;
  const { matrix, validated, snapshot } = asked;
  const world = onlyWorld(asked);
  const { askLive, blastFormats, blastRadius, buildGrid, findCaller } = await import("../../ask/ask.ts");
  const live = askLive(await compareAsked(asked, world, true), world, snapshot);
  const name = foundName(findCaller(word, { matrix, world, drift: live.drift }));
  const grid = buildGrid({ matrix, name: validated.name, world, locate: validated.locate, ...live });
  const answer = blastRadius({ grid, world, ...live }, name);
  const look = { color: color.stdout, width: io.stdout.width, quiet, verbose, version };
  io.stdout.write(blastFormats[given.format ?? "text"](answer, look));
  return answer.complete ? exitCodes.clean.code : exitCodes.incomplete.code;
}
