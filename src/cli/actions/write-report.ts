import { buildGrid } from "../../ask/build-grid.ts";
import type { Grid } from "../../ask/grid.ts";
import type { Matrix } from "../../matrix/model/matrix.ts";
import type { PageHistory } from "../../page/page-input.ts";
import { buildPicture } from "../../picture/build-picture.ts";
import { drawGraph } from "../../report/graph/draw-graph.ts";
import { escapeTerminal } from "../../report/terminal/escape-terminal.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { isProblem, pageHistory } from "../page-history.ts";
import { compareAsked, onlyWorld, readAsked, type WorldOptions } from "../read-asked.ts";
import { readHistory } from "../read-history.ts";
import type { Session } from "../session.ts";
import { UsageError } from "../usage-error.ts";
import { version } from "../version.ts";

interface Given extends WorldOptions {
  readonly out: string;
  readonly history?: boolean;
}

/**
 * `matrix report`: who may call what, and whether it is so, as one page. It ends with 0 where the page is written, whatever
 * the page finds: drift is what fails on findings.
 */
export async function writeReport(session: Session, file: string | undefined, given: Given): Promise<ExitCode> {
  const { io, quiet } = session;
  // Said before minutes of reading, not after.
  if (io.disk.isFolder(given.out)) throw new UsageError(`${given.out} is a folder`, "name the file to write");
  const asked = await readAsked(session, "report", file, given, "one");
  if (typeof asked === "number") return asked;
  const { matrix, snapshot } = asked;
  const { name, locate } = asked.validated;
  const world = onlyWorld(asked);
  const report = await compareAsked(asked, world, false);
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

/** @throws UsageError where there is no history to look at */
function historyOf({ io }: Session, file: string | undefined, matrix: Matrix): PageHistory {
  const history = readHistory(io, file);
  if (isProblem(history)) throw new UsageError(history.problem, history.help);
  return pageHistory(history, matrix);
}
