import type { Grid, GridCallee, GridCaller, GridCell } from "../ask/grid.ts";
import { type ClusterBy, clusterOf } from "./cluster-by.ts";
import type { Draft, EdgeDraft, NodeDraft } from "./draft.ts";
import type { EdgeState } from "./picture.ts";

/** An edge that an earlier version has and this one has not, or the other way round. */
export interface EdgeChange {
  readonly from: string;
  readonly to: string;
  readonly state: "gained" | "lost";
}

/** All that a grid shows, less Google's own agents: they come with the services that they serve. */
export function draftGrid(
  { callees, callers, cells, live }: Grid,
  changes: readonly EdgeChange[],
  by: ClusterBy,
): Draft {
  const changed = new Map(changes.map((change) => [JSON.stringify([change.from, change.to]), change]));
  const drawn = cells.flatMap((cell) => edgeOf(cell, changed, live !== null) ?? []);
  const known = new Set(drawn.map(({ from, to }) => JSON.stringify([from, to])));
  const gone = changes
    .filter(({ from, to }) => !known.has(JSON.stringify([from, to])))
    .map(({ from, to, state }) => ({ from, to, state, facts: [] }));
  const edges = [...drawn, ...gone];
  const ends = new Set(edges.flatMap(({ from, to }) => [from, to]));
  const nodes = new Map<string, NodeDraft>();
  for (const callee of callees) nodes.set(callee.id, calleeNode(callee, by));
  for (const caller of callers)
    if (ends.has(caller.id) && !nodes.has(caller.id)) nodes.set(caller.id, callerNode(caller, by));
  for (const name of ends) if (!nodes.has(name)) nodes.set(name, goneNode(name));
  return { nodes, edges };
}

/** In a comparison of two versions an edge that no longer holds is none. */
function edgeOf(
  { caller, callee, state, edges }: GridCell,
  changed: ReadonlyMap<string, EdgeChange>,
  isLive: boolean,
): EdgeDraft | undefined {
  if (state === "managed") return undefined;
  const change: EdgeState | undefined = changed.get(JSON.stringify([caller, callee]))?.state;
  const shown = isLive && state === "declared" ? "planned" : state;
  return { from: caller, to: callee, state: change ?? shown, facts: edges };
}

function calleeNode(callee: GridCallee, by: ClusterBy): NodeDraft {
  const { id, key, kind, project, regions, undeclaredRegions, sensitive, stage } = callee;
  const where = key === null ? [`${project}, ${regions.join(", ")}`, "not in the matrix"] : [];
  return {
    name: id,
    kind,
    remarks: [
      ...where,
      ...undeclaredRegions.map((region) => `not declared in ${region}`),
      ...(kind === "service" ? [] : [kind]),
      ...(stage === null || stage === "live" ? [] : [stage]),
      ...(sensitive ? ["sensitive"] : []),
    ],
    isSensitive: sensitive,
    isDeclared: key !== null,
    cluster: clusterOf(callee, by),
  };
}

function callerNode(caller: GridCaller, by: ClusterBy): NodeDraft {
  const { id, key, kind } = caller;
  const isForeign = key === null && kind !== "internet";
  return {
    name: id,
    kind,
    remarks: kind === "internet" ? [] : isForeign ? ["not in the matrix"] : [kind],
    isSensitive: false,
    isDeclared: !isForeign,
    cluster: clusterOf(caller, by),
  };
}

/** What only the earlier version names. */
function goneNode(name: string): NodeDraft {
  const isInternet = name === "internet";
  return {
    name,
    kind: isInternet ? "internet" : "principal",
    remarks: isInternet ? [] : ["gone"],
    isSensitive: false,
    isDeclared: isInternet,
    cluster: null,
  };
}
