import { buildGrid } from "../../ask/build-grid.ts";
import type { Grid } from "../../ask/grid.ts";
import { unknownApply } from "../../drift/applied.ts";
import type { Instant } from "../../time/instant.ts";
import type { Matrix } from "../../matrix/model/matrix.ts";
import type { World } from "../../matrix/model/world.ts";
import type { PageHistory } from "../../page/page-input.ts";
import { buildPicture } from "../../picture/build-picture.ts";
import { drawGraph } from "../../report/graph/draw-graph.ts";
import type { Snapshot } from "../../snapshot/snapshot.ts";
import { escapeTerminal } from "../../report/terminal/escape-terminal.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { requestFor } from "../live-request.ts";
import { readMatrix } from "../matrix-source.ts";
import { isProblem, pageHistory } from "../page-history.ts";
import { pickWorld } from "../pick-world.ts";
import { readHistory } from "../read-history.ts";
import { checkCovers, readKeptSnapshot } from "../read-kept-snapshot.ts";
import { type ReadingOptions, readLive } from "../read-live.ts";
import { refuse } from "../refuse.ts";
import type { Session } from "../session.ts";
import { usableMatrix } from "../usable-matrix.ts";
import { UsageError } from "../usage-error.ts";
import { version } from "../version.ts";

interface Given extends ReadingOptions {
  readonly out: string;
  readonly env?: string;
  readonly live?: boolean;
  readonly snapshot?: string;
  readonly asOf?: Instant;
  readonly history?: boolean;
}

/**
 * `matrix report`: who may call what, and whether it is so, as one page. It ends with 0 where the page is written, whatever
 * the page finds: drift is what fails on findings.
 */
export async function writeReport(session: Session, file: string | undefined, given: Given): Promise<ExitCode> {
  const { io, quiet } = session;
  checkOptions(file ?? io.env["MATRIX_FILE"], given);
  // Said before minutes of reading, not after.
  if (io.disk.isFolder(given.out)) throw new UsageError(`${given.out} is a folder`, "name the file to write");
  const snapshot = await readWorld(session, file, given);
  if (typeof snapshot === "number") return snapshot;
  const readAt = snapshot === null ? io.now() : (Date.parse(snapshot.finishedAt) as Instant);
  const validated = readMatrix(io, file, given.asOf ?? readAt);
  const matrix = usableMatrix(validated);
  if (matrix === undefined) return refuse(session, validated, "report", exitCodes.usage.code);
  const world = pickWorld(matrix, given.env ?? snapshot?.environment ?? undefined);
  const { name, locate } = validated;
  const report = snapshot === null ? null : await judge({ matrix, world, snapshot, name, locate });
  const { askLive, renderPage } = await import("../../page/page.ts");
  const grid = buildGrid({ matrix, name, world, locate, ...askLive(report, world, snapshot) });
  const history = given.history === true ? historyOf(session, file, matrix) : null;
  const page = renderPage({ grid, report, history, picture: await drawPicture(grid), version });
  if (given.out === "-") io.stdout.write(page);
  else io.disk.write(given.out, page);
  const isComplete = report === null || report.complete;
  if (!isComplete) io.stderr.write("not everything could be read: the page says what is missing\n");
  else if (!quiet && given.out !== "-") io.stderr.write(`wrote ${escapeTerminal(given.out)}\n`);
  return isComplete ? exitCodes.clean.code : exitCodes.incomplete.code;
}

/** More than this nobody follows with the eye, and drawing takes seconds. The grid shows all. */
const MAX_DRAWN = { nodes: 150, edges: 400 } as const;

async function drawPicture(grid: Grid): Promise<string | null> {
  const picture = buildPicture(grid, { clusterBy: { kind: "owner" }, mergesSets: false, hasLegend: true });
  const { nodes, edges } = picture;
  const isLegible = edges.length > 0 && edges.length <= MAX_DRAWN.edges && nodes.length <= MAX_DRAWN.nodes;
  return isLegible ? drawGraph(picture) : null;
}

/** What was live: null where nobody asked; the exit code where it could not be read. */
async function readWorld(
  session: Session,
  file: string | undefined,
  given: Given,
): Promise<Snapshot | null | ExitCode> {
  if (given.snapshot !== undefined) return readKeptSnapshot(session, given.snapshot);
  if (given.live !== true) return null;
  const { io } = session;
  const validated = readMatrix(io, file, given.asOf ?? io.now());
  const matrix = usableMatrix(validated);
  if (matrix === undefined) return refuse(session, validated, "report", exitCodes.usage.code);
  const snapshot = await readLive(session, requestFor(pickWorld(matrix, given.env)), given);
  return snapshot ?? exitCodes.incomplete.code;
}

interface Judged {
  readonly matrix: Matrix;
  readonly world: World;
  readonly snapshot: Snapshot;
  readonly name: string;
  readonly locate: ReturnType<typeof readMatrix>["locate"];
}

async function judge({ matrix, world, snapshot, name, locate }: Judged) {
  const { compareLive } = await import("../../drift/drift.ts");
  checkCovers(snapshot, matrix, [world.environment.name]);
  return compareLive({ matrix, name, world, snapshot, indirect: false, applied: unknownApply, locate });
}

/** @throws UsageError where there is no history to look at */
function historyOf({ io }: Session, file: string | undefined, matrix: Matrix): PageHistory {
  const history = readHistory(io, file);
  if (isProblem(history)) throw new UsageError(history.problem, history.help);
  return pageHistory(history, matrix);
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
