import { isCalleeKind } from "../../callees/callee-of.ts";
import { edgeLook } from "../../picture/edge-looks.ts";
import type { Picture, PictureNode } from "../../picture/picture.ts";
import { type FlowEdge, type FlowNode, flowchart } from "../mermaid/flowchart.ts";
import { edgeText, nodeLines } from "./node-text.ts";

/** What GitHub draws: more edges or more text, and it shows an error instead. */
const LIMITS = { edges: 500, characters: 50_000 };

const lines = { solid: "thin", bold: "thick", dashed: "dotted", dotted: "dotted" } as const satisfies Readonly<
  Record<string, FlowEdge["line"]>
>;

/** A picture as a flowchart of Mermaid, which GitHub and many a wiki draw. Its few lines differ by their words as well. */
export function mermaid(picture: Picture): string {
  const { nodes, edges, clusters } = picture;
  const nameOf = (number: number): string => String(number);
  const chart = flowchart(
    nodes.map((node, number) => ({ name: nameOf(number), label: labelOf(node), shape: shapeOf(node) })),
    edges.map((edge) => ({
      from: nameOf(edge.from),
      to: nameOf(edge.to),
      line: lines[edgeLook(edge.state).line],
      // Mermaid has no legend: every sign comes with its word.
      label: edgeText(edge, picture),
    })),
    clusters.map(({ label, nodes: members }) => ({ label, nodes: members.map(nameOf) })),
  );
  return `${chart.join("\n")}\n`;
}

/** Why GitHub would not draw it; undefined where it does. */
export function beyondMermaid(text: string, { edges }: Pick<Picture, "edges">): string | undefined {
  if (edges.length > LIMITS.edges) return `${edges.length} edges, and Mermaid draws ${LIMITS.edges}`;
  if (text.length > LIMITS.characters) return `${text.length} characters, and Mermaid reads ${LIMITS.characters}`;
  return undefined;
}

function labelOf(node: PictureNode): string {
  const [name = "", ...remarks] = nodeLines(node);
  return remarks.length === 0 ? name : `${name} (${remarks.join(", ")})`;
}

function shapeOf({ kind, isSensitive, isDeclared }: PictureNode): FlowNode["shape"] {
  if (kind === "junction") return "circle";
  if (!isDeclared) return "hexagon";
  if (isSensitive) return "double";
  return isCalleeKind(kind) ? "box" : "round";
}
