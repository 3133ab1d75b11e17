import { mermaidLabel } from "./mermaid-label.ts";

export interface FlowNode {
  readonly name: string;
  /** What stands in it. */
  readonly label: string;
  /** `round`: from outside. `double`: to be looked at. `hexagon`: not ours. `circle`: stands for edges. */
  readonly shape: "box" | "round" | "double" | "hexagon" | "circle";
}

export interface FlowEdge {
  /** Names of nodes. */
  readonly from: string;
  readonly to: string;
  /** Lines differ by their form, since not everybody tells colours apart. */
  readonly line: "thick" | "dotted" | "thin";
  /** Null where none is needed. */
  readonly label: string | null;
}

/** Nodes that stand in a box of their own. */
export interface FlowCluster {
  readonly label: string;
  /** Names of nodes. */
  readonly nodes: readonly string[];
}

const shapes = {
  box: ["[", "]"],
  round: ["([", "])"],
  double: ["[[", "]]"],
  hexagon: ["{{", "}}"],
  circle: ["((", "))"],
} as const satisfies Readonly<Record<FlowNode["shape"], readonly [string, string]>>;

const arrows = { thick: "==>", dotted: "-.->", thin: "-->" } as const satisfies Readonly<
  Record<FlowEdge["line"], string>
>;

/**
 * A flowchart of Mermaid, as the lines within its fence. Ids are numbers: no name takes part in the syntax. GitHub draws
 * up to 500 edges and 50,000 characters; to stay below is the caller's part.
 */
export function flowchart(
  nodes: readonly FlowNode[],
  edges: readonly FlowEdge[],
  clusters: readonly FlowCluster[] = [],
): readonly string[] {
  const ids = new Map(nodes.map(({ name }, i) => [name, `n${i + 1}`]));
  const lines = new Map(nodes.map((node, i) => [node.name, nodeLine(node, i)]));
  const inside = new Set(clusters.flatMap((cluster) => cluster.nodes));
  return [
    "flowchart LR",
    ...clusters.flatMap(({ label, nodes: members }, i) => [
      `  subgraph c${i + 1}[${mermaidLabel(label)}]`,
      ...members.map((name) => `    ${lines.get(name) ?? ""}`),
      "  end",
    ]),
    ...nodes.flatMap(({ name }) => (inside.has(name) ? [] : [`  ${lines.get(name) ?? ""}`])),
    ...edges.flatMap(({ from, to, line, label }) => {
      const start = ids.get(from);
      const end = ids.get(to);
      if (start === undefined || end === undefined) return [];
      return [`  ${start} ${arrows[line]}${label === null ? "" : `|${mermaidLabel(label)}|`} ${end}`];
    }),
  ];
}

function nodeLine({ label, shape }: FlowNode, i: number): string {
  const [open, close] = shapes[shape];
  return `n${i + 1}${open}${mermaidLabel(label)}${close}`;
}
