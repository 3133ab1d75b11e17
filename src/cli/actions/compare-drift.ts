import type { Severity } from "../../finding/severity.ts";
import type { DriftFormatName } from "../../report/drift/format-names.ts";
import type { Matrix } from "../../matrix/model/matrix.ts";
import type { ValidatedMatrix } from "../../matrix/validate-matrix.ts";
import type { Instant } from "../../time/instant.ts";
import type { Snapshot } from "../../snapshot/snapshot.ts";
import { escapeTerminal } from "../../report/terminal/escape-terminal.ts";
import { readApplied } from "../applied-options.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { requestFor } from "../live-request.ts";
import { readMatrix } from "../matrix-source.ts";
import { pickWorld } from "../pick-world.ts";
import { type ReadingOptions, readLive } from "../read-live.ts";
import { refuse } from "../refuse.ts";
import type { Session } from "../session.ts";
import { UsageError } from "../usage-error.ts";
import { version } from "../version.ts";

interface Given extends ReadingOptions {
  readonly env?: string;
  readonly snapshot?: string;
  readonly format?: DriftFormatName;
  readonly failOn?: Severity;
  readonly asOf?: Instant;
  readonly indirect?: boolean;
  readonly appliedHash?: readonly string[];
  readonly state?: readonly string[];
  readonly writeExceptions?: boolean;
}

/** More than a snapshot of 10,000 services with 100,000 bindings has. */
const MAX_SNAPSHOT_BYTES = 512 * 1024 * 1024;

/** `matrix drift`: live access compared with the matrix. */
export async function compareDrift(session: Session, file: string | undefined, given: Given): Promise<ExitCode> {
  const { io, color, quiet, verbose } = session;
  checkStdin(file ?? io.env["MATRIX_FILE"], given);
  const drift = await import("../../drift/drift.ts");
  const snapshot =
    given.snapshot === undefined ? await readNow(session, file, given) : await readKept(session, given.snapshot);
  if (typeof snapshot === "number") return snapshot;
  const asOf = given.asOf ?? (Date.parse(snapshot.finishedAt) as Instant);
  const validated = readMatrix(io, file, asOf);
  const matrix = usableMatrix(validated);
  if (matrix === undefined) return refuse(session, validated, "drift", exitCodes.usage.code);
  const world = pickWorld(matrix, given.env ?? snapshot.environment ?? undefined);
  checkCovers(snapshot, matrix, world.environment.name);
  const report = drift.compareLive({
    matrix,
    name: validated.name,
    world,
    snapshot,
    indirect: given.indirect === true,
    applied: readApplied(io, matrix, world.environment.name, given, {
      readState: drift.readState,
      warn: (line) => io.stderr.write(`warning: ${escapeTerminal(line)}\n`),
    }),
    locate: validated.locate,
  });
  const failOn = given.failOn ?? "error";
  const isFailing = (finding: (typeof report.findings)[number]): boolean => drift.isDriftFailure(finding, { failOn });
  io.stdout.write(
    given.writeExceptions === true
      ? drift.writeExceptions(report, world, isFailing)
      : drift.driftFormats[given.format ?? "text"](report, {
          color: color.stdout,
          width: io.stdout.width,
          quiet,
          verbose,
          failOn,
          rules: drift.reportedRules(matrix),
          version,
          indirect: given.indirect === true,
        }),
  );
  if (!report.complete) return exitCodes.incomplete.code;
  return report.findings.some(isFailing) ? exitCodes.findings.code : exitCodes.clean.code;
}

async function readKept({ io }: Session, name: string): Promise<Snapshot> {
  const { parseSnapshot } = await import("../../drift/drift.ts");
  const bytes = name === "-" ? io.readStdin(MAX_SNAPSHOT_BYTES) : io.disk.readData(name, MAX_SNAPSHOT_BYTES);
  const parsed = parseSnapshot(bytes, name === "-" ? "standard input" : name);
  if ("problem" in parsed) throw new UsageError(parsed.problem, parsed.help);
  return parsed;
}

/**
 * Reads what is live. The matrix says where to look; it is judged again at the moment at which all was read. What is wrong
 * with matrix or state is said first: a reading may take minutes.
 * @returns the exit code where nothing was read
 */
async function readNow(session: Session, file: string | undefined, given: Given): Promise<Snapshot | ExitCode> {
  const { io } = session;
  if (file === "-")
    throw new UsageError("a matrix from standard input needs a snapshot", "add --snapshot FILE, or name the matrix");
  const validated = readMatrix(io, file, given.asOf ?? io.now());
  const matrix = usableMatrix(validated);
  if (matrix === undefined) return refuse(session, validated, "drift", exitCodes.usage.code);
  const world = pickWorld(matrix, given.env);
  const { readState } = await import("../../drift/drift.ts");
  if (given.state?.includes("-") !== true)
    readApplied(io, matrix, world.environment.name, given, { readState, warn: () => {} });
  return (await readLive(session, requestFor(world), given)) ?? exitCodes.incomplete.code;
}

/** The matrix, where it has a definite meaning. A rule that it breaks itself is no reason to look away from the world. */
function usableMatrix({ matrix, findings }: ValidatedMatrix): Matrix | undefined {
  return findings.some(({ stopsSynth, rule }) => stopsSynth && rule !== "never" && rule !== "require")
    ? undefined
    : matrix;
}

/** @throws UsageError where standard input would have to be two things */
function checkStdin(file: string | undefined, { snapshot, state = [] }: Given): void {
  const all = [file, snapshot, ...state].filter((name) => name === "-");
  if (all.length > 1) throw new UsageError("standard input can be only one file", "give the others by their names");
}

/** @throws UsageError where the snapshot was made for other projects: it would look like a world without services */
function checkCovers(snapshot: Snapshot, { worlds }: Matrix, name: string): void {
  const environment = worlds.find((world) => world.environment.name === name)?.environment;
  const has = new Set(snapshot.projects.map(({ project }) => project));
  if (environment === undefined || environment.projects.some(({ id }) => has.has(id))) return;
  throw new UsageError(
    `the snapshot has no project of ${name}`,
    `it was read for ${snapshot.environment ?? "no environment"}: read one with matrix snapshot --env ${name}`,
  );
}
