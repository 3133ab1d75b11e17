import type { DriftReport } from "../../drift/drift-report.ts";
import { buildGrid } from "../../ask/build-grid.ts";
import { findCallee, findCaller, type Names } from "../../ask/find-name.ts";
import { unknownApply } from "../../drift/applied.ts";
import type { ValidatedMatrix } from "../../matrix/validate-matrix.ts";
import type { Matrix } from "../../matrix/model/matrix.ts";
import type { World } from "../../matrix/model/world.ts";
import { buildPicture, type PictureWish } from "../../picture/build-picture.ts";
import type { ClusterBy } from "../../picture/cluster-by.ts";
import type { Picture } from "../../picture/picture.ts";
import { dot } from "../../report/graph/dot.ts";
import { drawGraph } from "../../report/graph/draw-graph.ts";
import type { GraphFormatName } from "../../report/graph/format-names.ts";
import { beyondMermaid, mermaid } from "../../report/graph/mermaid.ts";
import { escapeTerminal } from "../../report/terminal/escape-terminal.ts";
import type { Snapshot } from "../../snapshot/snapshot.ts";
import type { Instant } from "../../time/instant.ts";
import { compareText } from "../../words/compare-text.ts";
import { enumerateWords } from "../../words/enumerate-words.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { edgesSince, readSince } from "../edges-since.ts";
import { requestFor } from "../live-request.ts";
import { readMatrix } from "../matrix-source.ts";
import { pickWorld } from "../pick-world.ts";
import { checkCovers, readKeptSnapshot } from "../read-kept-snapshot.ts";
import { type ReadingOptions, readLive } from "../read-live.ts";
import { refuse } from "../refuse.ts";
import type { Session } from "../session.ts";
import { usableMatrix } from "../usable-matrix.ts";
import { UsageError } from "../usage-error.ts";

interface Given extends ReadingOptions {
  readonly out?: string;
  readonly format?: GraphFormatName;
  readonly env?: string;
  readonly live?: boolean;
  readonly snapshot?: string;
  readonly asOf?: Instant;
  readonly focus?: readonly string[];
  readonly depth?: number;
  readonly diff?: string;
  readonly cluster?: ClusterBy;
  readonly merge: boolean;
  readonly legend: boolean;
}

/** `matrix graph`: who may call what, drawn. It ends with 0 whatever it shows; with 3 where something was not read. */
export async function printGraph(session: Session, file: string | undefined, given: Given): Promise<ExitCode> {
  const { io } = session;
  checkOptions(file ?? io.env["MATRIX_FILE"], given);
  const snapshot = await readWorld(session, file, given);
  if (typeof snapshot === "number") return snapshot;
  const moment = snapshot === null ? io.now() : (Date.parse(snapshot.finishedAt) as Instant);
  const asOf = given.asOf ?? moment;
  const since = given.diff === undefined ? undefined : readSince(session, { base: given.diff, head: file, asOf });
  if (typeof since === "number") return since;
  const validated = since?.after.validated ?? readMatrix(io, file, asOf);
  const matrix = usableMatrix(validated);
  if (matrix === undefined) return refuse(session, validated, "graph", exitCodes.usage.code);
  const world = pickWorld(matrix, given.env ?? snapshot?.environment ?? undefined);
  const { askLive } = await import("../../ask/ask.ts");
  const report = snapshot === null ? null : await judge({ matrix, world, snapshot, validated });
  const live = askLive(report, world, snapshot);
  const { drift } = live;
  const names = { matrix, world, drift };
  const { name, locate } = validated;
  const grid = buildGrid({ matrix, name, world, locate, ...live });
  checkLabel(given.cluster, [...grid.callees, ...grid.callers]);
  const picture = buildPicture(grid, {
    clusterBy: given.cluster ?? { kind: "owner" },
    ...(given.focus === undefined ? {} : { focus: focusOn(given.focus, given.depth ?? 1, names) }),
    ...(since === undefined
      ? {}
      : { since: { base: since.before.title, changes: await edgesSince(since, world.environment.name) } }),
    mergesSets: given.merge,
    hasLegend: given.legend,
  });
  await write(session, picture, given);
  if (drift === null || drift.complete) return exitCodes.clean.code;
  io.stderr.write("not everything could be read: what is missing in the graph is not known to be absent\n");
  return exitCodes.incomplete.code;
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
  if (matrix === undefined) return refuse(session, validated, "graph", exitCodes.usage.code);
  const snapshot = await readLive(session, requestFor(pickWorld(matrix, given.env)), given);
  return snapshot ?? exitCodes.incomplete.code;
}

interface Judged {
  readonly matrix: Matrix;
  readonly world: World;
  readonly snapshot: Snapshot;
  readonly validated: ValidatedMatrix;
}

async function judge({ matrix, world, snapshot, validated: { name, locate } }: Judged): Promise<DriftReport> {
  const { compareLive } = await import("../../drift/drift.ts");
  checkCovers(snapshot, matrix, [world.environment.name]);
  return compareLive({ matrix, name, world, snapshot, indirect: false, applied: unknownApply, locate });
}

/** A set stands for its members. @throws UsageError where a word is no name */
function focusOn(words: readonly string[], depth: number, names: Names): Required<PictureWish>["focus"] {
  const { matrix, world } = names;
  const isHere = (name: string): boolean => world.services.has(name) || world.callers.has(name);
  const found = words.flatMap((word) => {
    const members = matrix.names.get(word)?.section === "sets" ? matrix.expand(word).filter(isHere) : [];
    if (members.length > 0) return members;
    const callee = findCallee(word, names);
    if (typeof callee === "string") return [callee];
    const caller = findCaller(word, names);
    if (typeof caller === "string") return [caller];
    throw new UsageError(caller.problem, caller.help);
  });
  return { names: new Set(found), depth };
}

/** As many as the page draws. */
const MANY_EDGES = 400;

async function write({ io, quiet }: Session, picture: Picture, given: Given): Promise<void> {
  const format = given.format ?? formatFor(given.out);
  if (picture.edges.length > MANY_EDGES && given.focus === undefined && !quiet)
    io.stderr.write(
      `${picture.edges.length} edges are more than anybody follows: --focus NAME draws what is around it\n`,
    );
  const text = format === "svg" ? await drawGraph(picture) : format === "dot" ? dot(picture) : mermaid(picture);
  const beyond = format === "mermaid" ? beyondMermaid(text, picture) : undefined;
  if (beyond !== undefined)
    io.stderr.write(`warning: GitHub will not draw this: ${beyond}; add --focus NAME, or --format svg\n`);
  if (given.out === undefined || given.out === "-") io.stdout.write(text);
  else io.disk.write(given.out, text);
  if (!quiet && given.out !== undefined && given.out !== "-") io.stderr.write(`wrote ${escapeTerminal(given.out)}\n`);
}

function formatFor(out: string | undefined): GraphFormatName {
  const ending = /\.(svg|dot|gv)$/i.exec(out ?? "")?.[1]?.toLowerCase();
  return ending === undefined ? "mermaid" : ending === "svg" ? "svg" : "dot";
}

/** @throws UsageError where nothing has the label to cluster by */
function checkLabel(by: ClusterBy | undefined, nodes: readonly { readonly labels: object }[]): void {
  if (by?.kind !== "label" || nodes.some(({ labels }) => Object.hasOwn(labels, by.label))) return;
  const keys = [...new Set(nodes.flatMap(({ labels }) => Object.keys(labels)))].sort(compareText);
  throw new UsageError(
    `no service has the label ${by.label}`,
    keys.length === 0
      ? "no service has any label"
      : `there ${keys.length === 1 ? "is" : "are"} ${enumerateWords(keys, "and")}`,
  );
}

/** @throws UsageError where options say what cannot be */
function checkOptions(file: string | undefined, given: Given): void {
  const { snapshot, live, groups, impersonateServiceAccount, depth, focus, diff } = given;
  if ([file, snapshot, diff].filter((name) => name === "-").length > 1)
    throw new UsageError("standard input can be only one file", "give the others by their names");
  if (file === "-" && live === true)
    throw new UsageError("a matrix from standard input needs a snapshot", "add --snapshot FILE, or name the matrix");
  if (depth !== undefined && focus === undefined)
    throw new UsageError("--depth is about what is around a name", "add --focus NAME, or leave it out");
  const reading =
    groups === true ? "--groups" : impersonateServiceAccount === undefined ? null : "--impersonate-service-account";
  if (live !== true && reading !== null)
    throw new UsageError(`${reading} is about reading Google Cloud`, "add --live, or leave it out");
}
