import { foundName } from "../asked-name.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { type AskOptions, compareAsked, onlyWorld, readAsked } from "../read-asked.ts";
import type { Session } from "../session.ts";
import { version } from "../version.ts";

const codes = {
  yes: exitCodes.clean.code,
  no: exitCodes.findings.code,
  conditional: exitCodes.incomplete.code,
  unknown: exitCodes.incomplete.code,
} as const;

/** `matrix can`: whether one may call another. */
export async function askCan(
  session: Session,
  words: { readonly caller: string; readonly callee: string },
  file: string | undefined,
  given: AskOptions,
): Promise<ExitCode> {
  const { io, color, quiet, verbose } = session;
  const asked = await readAsked(session, "can", file, given, "one");
  if (typeof asked === "number") return asked;
  const { matrix, validated, snapshot } = asked;
  const world = onlyWorld(asked);
  const { askLive, buildGrid, canCall, canFormats, findCallee, findCaller } = await import("../../ask/ask.ts");
  const live = askLive(await compareAsked(asked, world, true), world, snapshot);
  const names = { matrix, world, drift: live.drift };
  const caller = foundName(findCaller(words.caller, names));
  const callee = foundName(findCallee(words.callee, names));
  const only = given.transitive === true ? {} : { only: new Set([callee]) };
  const grid = buildGrid({ matrix, name: validated.name, world, locate: validated.locate, ...live, ...only });
  const answer = canCall({ grid, world, ...live }, caller, callee, given.transitive === true);
  const look = { color: color.stdout, width: io.stdout.width, quiet, verbose, version };
  io.stdout.write(canFormats[given.format ?? "text"](answer, look));
  return codes[answer.answer];
}
