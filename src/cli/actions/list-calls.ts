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
  const { askLive, buildGrid, listCells, listFormats, stepsDeclared, stepsLive } = await import("../../ask/ask.ts");
  const answers: ListAnswer[] = [];
  for (const world of asked.worlds) {
    const live = askLive(await compareAsked(asked, world, false), world, snapshot);
    const grid = buildGrid({ matrix, name: validated.name, world, locate: validated.locate, ...live });
    const steps = () => (live.drift === null ? stepsDeclared(world) : stepsLive(live.drift, world, live.judge));
    answers.push(listCells(grid, given.transitive === true ? steps() : undefined, given.all === true));
  }
  const look = { color: color.stdout, width: io.stdout.width, quiet, verbose, version };
  io.stdout.write(listFormats[given.format ?? "text"](answers, look));
  return answers.some(({ complete }) => !complete) ? exitCodes.incomplete.code : exitCodes.clean.code;
}
