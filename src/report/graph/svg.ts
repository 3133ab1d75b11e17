import { edgeLook } from "../../picture/edge-looks.ts";
import type { Picture } from "../../picture/picture.ts";
import { escapeXml } from "../xml/escape-xml.ts";
import { nodeLines } from "./node-text.ts";
import { readDrawing, type DrawnGroup } from "./read-drawing.ts";
import { drawLegend } from "./svg-legend.ts";

/** Units of Graphviz are points, of browsers pixels. */
const PIXELS = 4 / 3;

const HEADER = { top: 12, line: 16, size: 12 };

/**
 * The drawing that Graphviz made of the DOT of a picture, as one `<svg>` element: with title and description, its own
 * white ground, and a legend. Only what draws is taken over, group by group; words come from the picture. Ids are numbers
 * (`graph-n1`), names stand in `data-node`, `data-caller`, `data-callee`. No link, script, style or foreign content.
 * @throws Error where Graphviz wrote what no drawing of this program has
 */
export function svg(picture: Picture, drawn: string): string {
  const { width, height, groups } = readDrawing(drawn);
  const words = [picture.title, ...picture.notes];
  const legend = picture.hasLegend ? drawLegend(picture) : { lines: [], width: 0, height: 0 };
  const top = HEADER.top + words.length * HEADER.line + 4;
  const whole = {
    width: Math.max(width, legend.width, 7 * Math.max(...words.map(({ length }) => Math.min(length, 160))) + 24),
    height: top + height + legend.height,
  };
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="graph-title graph-desc" width="${pixels(whole.width)}" height="${pixels(whole.height)}" viewBox="0 0 ${round(whole.width)} ${round(whole.height)}" font-family="Helvetica, Arial, sans-serif">`,
    `<title id="graph-title">${escapeXml(picture.title)}</title>`,
    `<desc id="graph-desc">${escapeXml(`${picture.notes.join(". ")}.`)}</desc>`,
    `<rect width="${round(whole.width)}" height="${round(whole.height)}" fill="white"/>`,
    ...words.map((line, i) => {
      const weight = i === 0 ? ` font-weight="bold"` : "";
      return `<text x="12" y="${HEADER.top + (i + 1) * HEADER.line - 4}" font-size="${HEADER.size}" fill="#14181c"${weight}>${escapeXml(line)}</text>`;
    }),
    `<g transform="translate(0 ${round(top)})">`,
    ...groups.flatMap((group) => groupLines(group, picture)),
    "</g>",
    ...(picture.hasLegend
      ? [`<g class="legend" aria-hidden="true" transform="translate(0 ${round(top + height)})">`, ...legend.lines, "</g>"]
      : []),
    "</svg>",
    "",
  ].join("\n");
}

function groupLines({ id, offset, shapes }: DrawnGroup, picture: Picture): readonly string[] {
  const about = aboutGroup(id, picture);
  if (about === undefined) throw new Error(`Graphviz drew ${id}, which is not in the picture`);
  const data = Object.entries(about.data).map(([name, value]) => ` data-${name}="${escapeXml(value)}"`);
  return [
    `<g id="graph-${id}" class="${about.kind}"${data.join("")} transform="${offset}">`,
    `<title>${escapeXml(about.title)}</title>`,
    ...shapes,
    "</g>",
  ];
}

interface About {
  readonly kind: "node" | "edge" | "cluster";
  readonly title: string;
  readonly data: Readonly<Record<string, string>>;
}

function aboutGroup(id: string, { nodes, edges, clusters }: Picture): About | undefined {
  const [, letter, digits] = /^([nec])(\d+)$/.exec(id) ?? [];
  const number = Number(digits) - 1;
  if (letter === "c") {
    const cluster = clusters[number];
    return cluster && { kind: "cluster", title: cluster.label, data: {} };
  }
  if (letter === "n") {
    const node = nodes[number];
    const data: Readonly<Record<string, string>> = node?.kind === "junction" ? {} : { node: node?.name ?? "" };
    return node && { kind: "node", title: [node.name, ...nodeLines(node).slice(1)].join(", "), data };
  }
  const edge = edges[number];
  const [from, to] = [nodes[edge?.from ?? -1], nodes[edge?.to ?? -1]];
  if (letter !== "e" || edge === undefined || from === undefined || to === undefined) return undefined;
  return {
    kind: "edge",
    title: `${from.name} → ${to.name}: ${edgeLook(edge.state).meaning}`,
    data: {
      ...(from.kind === "junction" ? {} : { caller: from.name }),
      ...(to.kind === "junction" ? {} : { callee: to.name }),
      state: edge.state,
    },
  };
}

function pixels(points: number): number {
  return Math.ceil(points * PIXELS);
}

function round(points: number): number {
  return Math.round(points * 100) / 100;
}
