import type { Change, DiffReport } from "../../diff/diff-report.ts";
import { type FlowEdge, type FlowNode, flowchart } from "../mermaid/flowchart.ts";
import { clip } from "../clip.ts";
import { environmentWords } from "./in-environments.ts";

/** What a reader can still follow, and what GitHub draws without asking. */
const MAX_NODES = 30;
const MAX_EDGES = 40;
const NAME_LENGTH = 40;

export interface DiffGraph {
  /** The lines within the fence. */
  readonly lines: readonly string[];
  /** Edges that came or went and did not fit. */
  readonly left: number;
}

interface Edge {
  readonly from: string;
  readonly to: string;
  readonly line: FlowEdge["line"];
  readonly environments: Set<string>;
}

/** Who may call whom now and no longer, with the ways by which the internet gains something; undefined where nothing is to draw. */
export function graphOf(report: DiffReport): DiffGraph | undefined {
  const changed = report.changes.flatMap(changedEdge);
  if (changed.length === 0) return undefined;
  const edges = mergeEdges([...inOrder(changed), ...standingEdges(report, changed)]);
  const names = new Set<string>();
  const shown: Edge[] = [];
  for (const edge of edges) {
    if (shown.length === MAX_EDGES) break;
    const grown = new Set([edge.from, edge.to].filter((name) => !names.has(name))).size;
    if (names.size + grown > MAX_NODES) continue;
    names.add(edge.from).add(edge.to);
    shown.push(edge);
  }
  const isChanged = ({ line }: Edge): boolean => line !== "thin";
  return {
    lines: flowchart(
      nodesOf(names, report),
      shown.map((edge) => flowEdge(edge, report)),
    ),
    left: edges.filter(isChanged).length - shown.filter(isChanged).length,
  };
}

function changedEdge({ kind, from, to, subject, impact, environments }: Change): readonly Edge[] {
  if (impact === "neutral") return [];
  const line = kind.endsWith("-added") ? "thick" : "dotted";
  const target = to ?? subject;
  if (kind === "public-added" || kind === "public-removed")
    return target === null ? [] : [{ from: "internet", to: target, line, environments: new Set(environments) }];
  if ((kind !== "edge-added" && kind !== "edge-removed") || from === null || to === null) return [];
  return [{ from, to, line, environments: new Set(environments) }];
}

function inOrder(edges: readonly Edge[]): readonly Edge[] {
  const weight = ({ line, from }: Edge): number => (line === "thick" ? 0 : 2) + (from === "internet" ? 0 : 1);
  return [...edges].sort((a, b) => weight(a) - weight(b));
}

/** The edges that stand, of the ways by which the internet reaches more: they lead to what is new. */
function standingEdges({ reach }: DiffReport, changed: readonly Edge[]): readonly Edge[] {
  const isGained = new Set(changed.flatMap(({ from, to, line }) => (line === "thick" ? [pairKey(from, to)] : [])));
  return (
    reach.gained
      .filter(({ from, path }) => from === "internet" && path.length <= MAX_NODES)
      // Each adds an edge at least, or nothing that is new.
      .slice(0, 10 * MAX_EDGES)
      .flatMap(({ environment, path }) =>
        path.slice(1).flatMap((to, i): readonly Edge[] => {
          const from = path[i];
          if (from === undefined || isGained.has(pairKey(from, to))) return [];
          return [{ from, to, line: "thin", environments: new Set([environment]) }];
        }),
      )
  );
}

function mergeEdges(edges: readonly Edge[]): readonly Edge[] {
  const merged = new Map<string, Edge>();
  for (const edge of edges) {
    const key = JSON.stringify([edge.from, edge.to, edge.line]);
    const known = merged.get(key);
    if (known === undefined) merged.set(key, edge);
    else for (const environment of edge.environments) known.environments.add(environment);
  }
  return [...merged.values()];
}

function nodesOf(names: ReadonlySet<string>, { reach }: DiffReport): readonly FlowNode[] {
  const sensitive = new Set([...reach.gained, ...reach.lost].flatMap((pair) => (pair.sensitive ? [pair.to] : [])));
  return [...names].map((name) => ({
    name,
    label: `${clip(name, NAME_LENGTH)}${sensitive.has(name) ? " (sensitive)" : ""}`,
    shape: name === "internet" ? "round" : sensitive.has(name) ? "double" : "box",
  }));
}

/** The sign stands in brackets: Mermaid takes a plus alone for a list. */
const signs = { thick: "(+)", dotted: "(−)" } as const;

function flowEdge({ from, to, line, environments }: Edge, report: DiffReport): FlowEdge {
  if (line === "thin") return { from, to, line, label: null };
  const where = environmentWords([...environments].sort(), report, { name: (text) => clip(text, NAME_LENGTH) });
  return { from, to, line, label: where === "" ? signs[line] : `${signs[line]} ${where}` };
}

function pairKey(from: string, to: string): string {
  return JSON.stringify([from, to]);
}
