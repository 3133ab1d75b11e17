import type { CallersAnswer } from "../../ask/answers.ts";
import type { World } from "../../matrix/model/world.ts";
import { foundName } from "../asked-name.ts";
import { callersSince } from "../callers-since.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { type AskedOf, type AskOptions, compareAsked, readAsked } from "../read-asked.ts";
import type { Session } from "../session.ts";
import { version } from "../version.ts";

interface Given extends AskOptions {
  readonly history?: boolean;
}

/** `matrix who-can-call`: the callers of one service. */
export async function askCallers(
  session: Session,
  service: string,
  file: string | undefined,
  given: Given,
): Promise<ExitCode> {
  const { io, color, quiet, verbose } = session;
  const asked = await readAsked(session, "who-can-call", file, given, "all");
  if (typeof asked === "number") return asked;
  const since = given.history === true ? callersSince(io, file, asked.matrix) : undefined;
  const answers: CallersAnswer[] = [];
  for (const world of worldsOf(asked, service)) {
    const answer = await answerIn(asked, world, service, given.transitive === true);
    answers.push(
      since === undefined
        ? answer
        : {
            ...answer,
            history: since.cutOff,
            callers: answer.callers.map((line) =>
              line.edges.length === 0 && line.state !== "public"
                ? line
                : { ...line, since: since.sinceOf(answer.environment, line.caller, line.path[1] ?? "") },
            ),
          },
    );
  }
  const { callersFormats } = await import("../../ask/ask.ts");
  const look = { color: color.stdout, width: io.stdout.width, quiet, verbose, version };
  io.stdout.write(callersFormats[given.format ?? "text"](answers, look));
  return answers.some(({ complete }) => !complete) ? exitCodes.incomplete.code : exitCodes.clean.code;
}

/** Where a service is only in some of several environments, those are meant. */
function worldsOf({ worlds }: AskedOf, service: string): readonly World[] {
  const having = worlds.filter(({ services }) => services.has(service));
  return having.length > 0 ? having : worlds.slice(0, 1);
}

async function answerIn(asked: AskedOf, world: World, word: string, transitive: boolean): Promise<CallersAnswer> {
  const { askLive, buildGrid, findCallee, stepsDeclared, stepsLive, whoCanCall } = await import("../../ask/ask.ts");
  const { matrix, validated, snapshot } = asked;
  const live = askLive(await compareAsked(asked, world, false), world, snapshot);
  const { drift } = live;
  const service = foundName(findCallee(word, { matrix, world, drift }));
  const only = transitive ? {} : { only: new Set([service]) };
  const grid = buildGrid({ matrix, name: validated.name, world, locate: validated.locate, ...live, ...only });
  const steps = () => (live.drift === null ? stepsDeclared(world) : stepsLive(live.drift, world, live.judge));
  const answer = whoCanCall(grid, service, transitive ? steps() : undefined);
  if (answer === undefined) throw new Error(`${service} is not in its own grid`);
  return answer;
}
