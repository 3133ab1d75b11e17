import type { ExplainFormatName } from "../../report/explain/format-names.ts";
import { callStatuses } from "../../ask/explain/explain-report.ts";
import type { LiveSource } from "../../ask/explain/explain-access.ts";
import { unknownApply } from "../../drift/applied.ts";
import type { Snapshot } from "../../snapshot/snapshot.ts";
import type { Instant } from "../../time/instant.ts";
import type { Matrix } from "../../matrix/model/matrix.ts";
import type { World } from "../../matrix/model/world.ts";
import type { ValidatedMatrix } from "../../matrix/validate-matrix.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { historyOrNote } from "../history-or-note.ts";
import { requestFor } from "../live-request.ts";
import { readMatrix } from "../matrix-source.ts";
import { pickWorld } from "../pick-world.ts";
import { checkCovers, readKeptSnapshot } from "../read-kept-snapshot.ts";
import { type ReadingOptions, readLive } from "../read-live.ts";
import { refuse } from "../refuse.ts";
import type { Session } from "../session.ts";
import { usableMatrix } from "../usable-matrix.ts";
import { UsageError } from "../usage-error.ts";
import { version } from "../version.ts";

interface Given extends ReadingOptions {
  readonly env?: string;
  readonly live?: boolean;
  readonly snapshot?: string;
  readonly format?: ExplainFormatName;
  readonly asOf?: Instant;
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
  checkOptions(file ?? io.env["MATRIX_FILE"], given);
  const snapshot = await readWorld(session, file, given);
  if (typeof snapshot === "number") return snapshot;
  const asOf = given.asOf ?? (snapshot === null ? io.now() : (Date.parse(snapshot.finishedAt) as Instant));
  const validated = readMatrix(io, file, asOf);
  const matrix = usableMatrix(validated);
  if (matrix === undefined) return refuse(session, validated, "explain-access", exitCodes.usage.code);
  const world = pickWorld(matrix, given.env ?? snapshot?.environment ?? undefined);
  const live = snapshot === null ? null : await lookAt(snapshot, { matrix, world, validated });
  const ask = await import("../../ask/ask.ts");
  const names = { matrix, world, drift: live?.drift ?? null };
  const report = ask.explainAccess({
    matrix,
    name: validated.name,
    world,
    locate: validated.locate,
    live,
    caller: orRefuse(ask.findCaller(words.caller, names)),
    callee: orRefuse(ask.findCallee(words.callee, names)),
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

/** What was live: null where nobody asked; the exit code where it could not be read. */
async function readWorld(
  session: Session,
  file: string | undefined,
  given: Given,
): Promise<Snapshot | null | ExitCode> {
  if (given.snapshot !== undefined) return readKeptSnapshot(session, given.snapshot);
  if (given.live !== true) return null;
  const validated = readMatrix(session.io, file, given.asOf ?? session.io.now());
  const matrix = usableMatrix(validated);
  if (matrix === undefined) return refuse(session, validated, "explain-access", exitCodes.usage.code);
  const snapshot = await readLive(session, requestFor(pickWorld(matrix, given.env)), given);
  return snapshot ?? exitCodes.incomplete.code;
}

async function lookAt(
  snapshot: Snapshot,
  of: { readonly matrix: Matrix; readonly world: World; readonly validated: ValidatedMatrix },
): Promise<LiveSource> {
  const { matrix, world, validated } = of;
  checkCovers(snapshot, matrix, [world.environment.name]);
  const { compareLive, viewLive } = await import("../../drift/drift.ts");
  const { name, locate } = validated;
  return {
    snapshot,
    view: viewLive(snapshot, matrix.asOf),
    drift: compareLive({ matrix, name, world, snapshot, indirect: true, applied: unknownApply, locate }),
  };
}

function orRefuse(found: string | { readonly problem: string; readonly help: string }): string {
  if (typeof found === "string") return found;
  throw new UsageError(found.problem, found.help);
}

/** @throws UsageError where options say what cannot be */
function checkOptions(file: string | undefined, { snapshot, live, groups, impersonateServiceAccount }: Given): void {
  if (file === "-" && snapshot === "-")
    throw new UsageError("standard input can be only one file", "give the other by its name");
  if (file === "-" && live === true)
    throw new UsageError("a matrix from standard input needs a snapshot", "add --snapshot FILE, or name the matrix");
  if (live === true) return;
  const [reading] = [
    ...(groups === true ? ["--groups"] : []),
    ...(impersonateServiceAccount === undefined ? [] : ["--impersonate-service-account"]),
  ];
  if (reading !== undefined)
    throw new UsageError(`${reading} is about reading Google Cloud`, "add --live, or leave it out");
}
