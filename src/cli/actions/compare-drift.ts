import type { Severity } from "../../finding/severity.ts";
import type { DriftFormatName } from "../../report/drift/format-names.ts";
import type { Instant } from "../../time/instant.ts";
import type { Snapshot } from "../../snapshot/snapshot.ts";
import { escapeTerminal } from "../../report/terminal/escape-terminal.ts";
import { findMakers } from "../find-makers.ts";
import { readApplied } from "../applied-options.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { requestFor } from "../live-request.ts";
import { readMatrix } from "../matrix-source.ts";
import { nameForFormat } from "../name-for-format.ts";
import { pickWorld } from "../pick-world.ts";
import { type ReadingOptions, readLive } from "../read-live.ts";
import { checkCovers, readKeptSnapshot } from "../read-kept-snapshot.ts";
import { refuse } from "../refuse.ts";
import type { Session } from "../session.ts";
import { usableMatrix } from "../usable-matrix.ts";
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
  readonly attribute?: boolean;
  readonly log?: readonly string[];
  readonly applier?: readonly string[];
}

/** `matrix drift`: live access compared with the matrix. */
export async function compareDrift(session: Session, file: string | undefined, given: Given): Promise<ExitCode> {
  const { io, color, quiet, verbose } = session;
  checkStdin(file ?? io.env["MATRIX_FILE"], given);
  checkAttribute(given);
  const drift = await import("../../drift/drift.ts");
  const snapshot =
    given.snapshot === undefined
      ? await readNow(session, file, given)
      : await readKeptSnapshot(session, given.snapshot);
  if (typeof snapshot === "number") return snapshot;
  const asOf = given.asOf ?? (Date.parse(snapshot.finishedAt) as Instant);
  const validated = readMatrix(io, file, asOf);
  const matrix = usableMatrix(validated);
  if (matrix === undefined) return refuse(session, validated, "drift", exitCodes.usage.code);
  const world = pickWorld(matrix, given.env ?? snapshot.environment ?? undefined);
  checkCovers(snapshot, matrix, [world.environment.name]);
  const named = nameForFormat(io, given.format, validated);
  const compared = drift.compareLive({
    matrix,
    name: named.name,
    world,
    snapshot,
    indirect: given.indirect === true,
    applied: readApplied(io, matrix, world.environment.name, given, {
      readState: drift.readState,
      warn: (line) => io.stderr.write(`warning: ${escapeTerminal(line)}\n`),
    }),
    locate: named.locate,
  });
  const makers = given.attribute === true ? await findMakers(session, { world, snapshot }, given) : null;
  if (makers === undefined) return exitCodes.incomplete.code;
  const report = makers === null ? compared : drift.attributeFindings(compared, makers);
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

/** @throws UsageError where standard input would have to be two things */
function checkStdin(file: string | undefined, { snapshot, state = [], log = [] }: Given): void {
  const all = [file, snapshot, ...state, ...log].filter((name) => name === "-");
  if (all.length > 1) throw new UsageError("standard input can be only one file", "give the others by their names");
}

/** @throws UsageError where options about logs do not fit together */
function checkAttribute({ attribute, log, applier, snapshot }: Given): void {
  if (attribute === true && snapshot !== undefined && log === undefined)
    throw new UsageError("--attribute with a snapshot needs a log", "add --log FILE");
  if (attribute === true) return;
  if (log !== undefined) throw new UsageError("--log is for --attribute", "add --attribute, or leave it out");
  if (applier !== undefined) throw new UsageError("--applier is for --attribute", "add --attribute, or leave it out");
}
