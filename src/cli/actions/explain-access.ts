import type { AskLive } from "../../ask/ask-live.ts";
import { callStatuses } from "../../ask/explain/explain-report.ts";
import type { LiveSource } from "../../ask/explain/explain-access.ts";
import type { ExplainFormatName } from "../../report/explain/format-names.ts";
import { foundName } from "../asked-name.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { historyOrNote } from "../history-or-note.ts";
import { type AskedOf, compareAsked, onlyWorld, readAsked, type WorldOptions } from "../read-asked.ts";
import type { Session } from "../session.ts";
import { version } from "../version.ts";

interface Given extends WorldOptions {
  readonly format?: ExplainFormatName;
  readonly status?: string;
  readonly audience?: string;
  readonly history?: boolean;
}

interface Words {
  readonly caller: string;
  readonly callee: string;
  readonly file: string | undefined;
}

const endings = {
  allowed: exitCodes.clean.code,
  denied: exitCodes.findings.code,
  conditional: exitCodes.incomplete.code,
  unknown: exitCodes.incomplete.code,
} as const;

/** `matrix explain-access`: why a caller may call a service, or why its call is refused. */
export async function explainAccess(session: Session, words: Words, given: Given): Promise<ExitCode> {
  const { io, color, quiet, verbose } = session;
  const { file } = words;
  const asked = await readAsked(session, "explain-access", file, given, "one");
  if (typeof asked === "number") return asked;
  const { matrix, validated, snapshot } = asked;
  const world = onlyWorld(asked);
  const ask = await import("../../ask/ask.ts");
  const live = ask.askLive(await compareAsked(asked, world, true), world, snapshot);
  const names = { matrix, world, drift: live.drift };
  const report = ask.explainAccess({
    matrix,
    name: validated.name,
    world,
    locate: validated.locate,
    live: await lookAt(asked, live),
    caller: foundName(ask.findCaller(words.caller, names)),
    callee: foundName(ask.findCallee(words.callee, names)),
    status: callStatuses.find((each) => String(each) === given.status) ?? null,
    audience: given.audience,
    history: given.history === true ? historyOrNote(io, file) : null,
  });
  io.stdout.write(
    ask.explainFormats[given.format ?? "text"](report, {
      color: color.stdout,
      width: io.stdout.width,
      quiet,
      verbose,
      version,
    }),
  );
  return endings[report.answer];
}

/** The view of causes beside the judge of calls; null where only the matrix is asked. */
async function lookAt({ matrix, snapshot }: AskedOf, live: AskLive): Promise<LiveSource | null> {
  if (snapshot === null || live.drift === null) return null;
  const { viewLive } = await import("../../drift/drift.ts");
  return { ...live, snapshot, view: viewLive(snapshot, matrix.asOf) };
}
