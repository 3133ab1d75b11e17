import { isCalleeKind } from "../../callees/callee-of.ts";
import { edgeLook, edgeStates } from "../../picture/edge-looks.ts";
import type { Picture, PictureNode } from "../../picture/picture.ts";
import { edgeText, isDense, nodeLines } from "./node-text.ts";
import { quoteDot } from "./quote-dot.ts";

/** From here on there is no room to be generous. */
const LARGE = 60;

/**
 * A picture as DOT, the language of Graphviz. Ids are numbers: no name takes part in the syntax.
 * @param purpose `whole`: title and legend are part of it. `layout`: another hand adds these, and signs where there are many
 */
export function dot(picture: Picture, purpose: Purpose = "whole"): string {
  const { nodes, edges, clusters } = picture;
  const inside = new Set(clusters.flatMap((cluster) => cluster.nodes));
  const signs = isDense(picture) ? (purpose === "whole" ? "sign" : "none") : "words";
  const node = (number: number): string => nodeLine(number, nodes[number]);
  return [
    "digraph matrix {",
    ...graphLines(picture, purpose).map((line) => `  ${line}`),
    ...clusters.flatMap(({ label, nodes: members }, i) => [
      `  subgraph cluster_${i + 1} {`,
      `    graph [id="c${i + 1}", label=${quoteDot([label])}]`,
      ...members.map((number) => `    ${node(number)}`),
      "  }",
    ]),
    ...nodes.flatMap((_, number) => (inside.has(number) ? [] : [`  ${node(number)}`])),
    ...edges.map((_, number) => `  ${edgeLine(number, picture, signs)}`),
    "}",
    "",
  ].join("\n");
}

type Purpose = "whole" | "layout";

const FONT = `fontname="Helvetica"`;

function graphLines({ title, notes, nodes, edges, hasLegend }: Picture, purpose: Purpose): readonly string[] {
  const isLarge = nodes.length > LARGE;
  const explained = hasLegend && purpose === "whole" ? legendLines(edges.map(({ state }) => state)) : [];
  const words = purpose === "whole" ? [`labelloc="t"`, `label=${quoteDot([title, ...notes, ...explained], 200)}`] : [];
  const attributes = [
    `rankdir="LR"`,
    `bgcolor="white"`,
    `charset="UTF-8"`,
    FONT,
    `fontsize="12"`,
    `nodesep="${isLarge ? 0.12 : 0.2}"`,
    `ranksep="${isLarge ? 1.4 : 0.7}"`,
    // Where clusters are filled and nodes are white, both are seen under many edges.
    `style="rounded,filled"`,
    `fillcolor="#f3f5f8"`,
    `color="#9aa3ad"`,
    `labeljust="l"`,
    `fontcolor="#333a42"`,
    ...words,
  ];
  return [
    `graph [${attributes.join(", ")}]`,
    `node [shape="box", style="filled", fillcolor="white", color="#333a42", fontcolor="#14181c", ${FONT}, fontsize="12", margin="0.12,0.05", height="0.3"]`,
    `edge [${FONT}, fontsize="11", arrowsize="0.7"]`,
  ];
}

function legendLines(states: readonly (typeof edgeStates)[number][]): readonly string[] {
  const used = new Set(states);
  return edgeStates.flatMap((state) => {
    const { line, sign, name, meaning } = edgeLook(state);
    return used.has(state) ? [`${line} line${sign === null ? "" : ` ${sign}`}: ${name}, ${meaning}`] : [];
  });
}

function nodeLine(number: number, node: PictureNode | undefined): string {
  if (node === undefined) return "";
  const attributes = [
    `id="n${number + 1}"`,
    `label=${quoteDot(node.kind === "junction" ? nodeLines(node).slice(0, 1) : nodeLines(node))}`,
    ...shapeOf(node),
    ...(node.isFocus ? [`penwidth="2.5"`] : []),
  ];
  return `n${number + 1} [${attributes.join(", ")}]`;
}

/** Forms differ as well: two frames are sensitive, round is from outside, dashed is not in the matrix. */
function shapeOf({ kind, isSensitive, isDeclared }: PictureNode): readonly string[] {
  if (kind === "internet") return [`shape="ellipse"`, `fillcolor="#dcebfa"`];
  if (kind === "junction") return [`shape="plaintext"`, `style="solid"`, `fontsize="10"`, `fontcolor="#4d5560"`];
  const isService = isCalleeKind(kind);
  const frame = isSensitive ? [`peripheries="2"`, `fillcolor="#fff3d6"`] : [];
  if (!isDeclared) return [...frame, `style="filled,${isService ? "" : "rounded,"}dashed"`, `fillcolor="#fdeaea"`];
  return isService ? frame : [...frame, `style="filled,rounded"`, `fillcolor="#eef0fb"`];
}

const styles = { solid: "solid", bold: "bold", dashed: "dashed", dotted: "dotted" } as const;

const widths = { solid: "1", bold: "2.2", dashed: "1.4", dotted: "1.8" } as const;

/** @param signs what is written on an edge that says something special */
function edgeLine(number: number, picture: Picture, signs: "words" | "sign" | "none"): string {
  const { nodes, edges } = picture;
  const edge = edges[number];
  if (edge === undefined) return "";
  const { line, color, head, sign } = edgeLook(edge.state);
  const text = edgeText(edge, picture);
  const isQuiet = sign === null && nodes.length > LARGE;
  const isToJunction = nodes[edge.to]?.kind === "junction";
  const attributes = [
    `id="e${number + 1}"`,
    `color="${color}"`,
    `style="${styles[line]}"`,
    `penwidth="${isQuiet ? "0.7" : widths[line]}"`,
    ...(isToJunction ? [`arrowhead="none"`] : head === "open" ? [`arrowhead="onormal"`] : []),
    ...labelOf(text, { words: text, sign, none: null }[signs], color),
  ];
  return `n${edge.from + 1} -> n${edge.to + 1} [${attributes.join(", ")}]`;
}

function labelOf(text: string | null, shown: string | null, color: string): readonly string[] {
  return text === null || shown === null ? [] : [`label=${quoteDot([shown])}`, `fontcolor="${color}"`];
}
