import { buildGrid } from "../../ask/build-grid.ts";
import { findCallee, findCaller, type Names } from "../../ask/find-name.ts";
import { buildPicture, type PictureWish } from "../../picture/build-picture.ts";
import type { ClusterBy } from "../../picture/cluster-by.ts";
import type { Picture } from "../../picture/picture.ts";
import { dot } from "../../report/graph/dot.ts";
import { drawGraph } from "../../report/graph/draw-graph.ts";
import type { GraphFormatName } from "../../report/graph/format-names.ts";
import { beyondMermaid, mermaid } from "../../report/graph/mermaid.ts";
import { escapeTerminal } from "../../report/terminal/escape-terminal.ts";
import { compareText } from "../../words/compare-text.ts";
import { enumerateWords } from "../../words/enumerate-words.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { edgesSince, readSince } from "../edges-since.ts";
import { readMatrix } from "../matrix-source.ts";
import { pickWorld } from "../pick-world.ts";
import { compareAsked, momentOf, readWorld, type WorldOptions } from "../read-asked.ts";
import { checkCovers } from "../read-kept-snapshot.ts";
import { refuse } from "../refuse.ts";
import type { Session } from "../session.ts";
import { usableMatrix } from "../usable-matrix.ts";
import { UsageError } from "../usage-error.ts";

interface Given extends WorldOptions {
  readonly out?: string;
  readonly format?: GraphFormatName;
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
  const snapshot = await readWorld(session, "graph", file, given);
  if (typeof snapshot === "number") return snapshot;
  const asOf = momentOf(session, snapshot, given);
  const since = given.diff === undefined ? undefined : readSince(session, { base: given.diff, head: file, asOf });
  if (typeof since === "number") return since;
  const validated = since?.after.validated ?? readMatrix(io, file, asOf);
  const matrix = usableMatrix(validated);
  if (matrix === undefined) return refuse(session, validated, "graph", exitCodes.usage.code);
  const world = pickWorld(matrix, given.env ?? snapshot?.environment ?? undefined);
  if (snapshot !== null) checkCovers(snapshot, matrix, [world.environment.name]);
  const { askLive } = await import("../../ask/ask.ts");
  const live = askLive(await compareAsked({ validated, matrix, snapshot }, world, false), world, snapshot);
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

/**
 * Beside what reading the world checks.
 * @throws UsageError where options say what cannot be
 */
function checkOptions(file: string | undefined, given: Given): void {
  const { snapshot, depth, focus, diff } = given;
  if ([file, snapshot, diff].filter((name) => name === "-").length > 1)
    throw new UsageError("standard input can be only one file", "give the others by their names");
  if (depth !== undefined && focus === undefined)
    throw new UsageError("--depth is about what is around a name", "add --focus NAME, or leave it out");
}
