import type { ListAnswer } from "../../ask/answers.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { type AskOptions, compareAsked, readAsked } from "../read-asked.ts";
import type { Session } from "../session.ts";
import { version } from "../version.ts";

interface Given extends AskOptions {
  readonly all?: boolean;
}

/** `matrix list`: the whole grid. */
export async function listCalls(session: Session, file: string | undefined, given: Given): Promise<ExitCode> {
  const { io, color, quiet, verbose } = session;
  const asked = await readAsked(session, "list", file, given, "all");
  if (typeof asked === "number") return asked;
  const { matrix, validated, snapshot } = asked;
  const { buildGrid, containsIn, listCells, listFormats, stepsDeclared, stepsLive } = await import("../../ask/ask.ts");
  const answers: ListAnswer[] = [];
  for (const world of asked.worlds) {
    const drift = await compareAsked(asked, world, false);
    const grid = buildGrid({ matrix, name: validated.name, world, locate: validated.locate, drift });
    const steps = () => (drift === null ? stepsDeclared(world) : stepsLive(drift, world, containsIn(snapshot)));
    answers.push(listCells(grid, given.transitive === true ? steps() : undefined, given.all === true));
  }
  const look = { color: color.stdout, width: io.stdout.width, quiet, verbose, version };
  io.stdout.write(listFormats[given.format ?? "text"](answers, look));
  return answers.some(({ doubts }) => doubts.length > 0) ? exitCodes.incomplete.code : exitCodes.clean.code;
}
