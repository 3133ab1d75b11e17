import { edgeLook } from "../../picture/edge-looks.ts";
import type { Picture } from "../../picture/picture.ts";
import { escapeXml } from "../xml/escape-xml.ts";
import { edgeText, isDense, nodeLines } from "./node-text.ts";
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
  const isBare = isDense(picture);
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
    ...[...groups]
      .sort((a, b) => layerOf(a, picture) - layerOf(b, picture))
      .flatMap((group) => groupLines(group, picture, isBare)),
    "</g>",
    ...(picture.hasLegend
      ? [
          `<g class="legend" aria-hidden="true" transform="translate(0 ${round(top + height)})">`,
          ...legend.lines,
          "</g>",
        ]
      : []),
    "</svg>",
    "",
  ].join("\n");
}

/** What lies above what: a line that says nothing special must not strike out the sign of another. */
function layerOf({ id }: DrawnGroup, { edges }: Picture): number {
  if (id.startsWith("c")) return 0;
  if (id.startsWith("n")) return 3;
  const edge = edges[Number(id.slice(1)) - 1];
  return edge === undefined || edgeLook(edge.state).sign === null ? 1 : 2;
}

function groupLines({ id, offset, shapes }: DrawnGroup, picture: Picture, isBare: boolean): readonly string[] {
  const about = aboutGroup(id, picture, isBare);
  if (about === undefined) throw new Error(`Graphviz drew ${id}, which is not in the picture`);
  const data = Object.entries(about.data).map(([name, value]) => ` data-${name}="${escapeXml(value)}"`);
  return [
    `<g id="graph-${id}" class="${about.kind}"${data.join("")} transform="${offset}">`,
    `<title>${escapeXml(about.title)}</title>`,
    ...shapes,
    ...(about.sign === undefined ? [] : signLines(about.sign, middleOf(shapes))),
    "</g>",
  ];
}

/** A sign on its line: beside it, where Graphviz would put it, nobody would know whose it is among many. */
function signLines({ text, color }: { readonly text: string; readonly color: string }, at: Point): readonly string[] {
  return [
    `<circle cx="${round(at.x)}" cy="${round(at.y)}" r="6.5" fill="white" stroke="${color}"/>`,
    `<text x="${round(at.x)}" y="${round(at.y + 3.5)}" text-anchor="middle" font-size="10" font-weight="bold" fill="${color}">${escapeXml(text)}</text>`,
  ];
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** The middle of an edge: Graphviz draws Bézier curves that hang together. */
function middleOf(shapes: readonly string[]): Point {
  const [, d = ""] = shapes.map((line) => / d="([^"]*)"/.exec(line)).find((found) => found !== null) ?? [];
  const points = [...d.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)].map(([, x, y]) => ({ x: Number(x), y: Number(y) }));
  const start = 3 * Math.floor((points.length - 1) / 6);
  const [a, b, c, e] = points.slice(start, start + 4);
  if (a === undefined) return { x: 0, y: 0 };
  if (b === undefined || c === undefined || e === undefined) return a;
  const middle = (p: number, q: number, r: number, s: number): number => (p + 3 * q + 3 * r + s) / 8;
  return { x: middle(a.x, b.x, c.x, e.x), y: middle(a.y, b.y, c.y, e.y) };
}

interface About {
  readonly kind: "node" | "edge" | "cluster";
  readonly title: string;
  readonly data: Readonly<Record<string, string>>;
  /** That is still to be drawn. */
  readonly sign?: { readonly text: string; readonly color: string };
}

function aboutGroup(id: string, picture: Picture, isBare: boolean): About | undefined {
  const { nodes, clusters } = picture;
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
  return letter === "e" ? aboutEdge(number, picture, isBare) : undefined;
}

/** @param isBare whether signs stand alone, and are still to be drawn */
function aboutEdge(number: number, picture: Picture, isBare: boolean): About | undefined {
  const { nodes, edges } = picture;
  const edge = edges[number];
  const [from, to] = [nodes[edge?.from ?? -1], nodes[edge?.to ?? -1]];
  if (edge === undefined || from === undefined || to === undefined) return undefined;
  const { sign, meaning, color } = edgeLook(edge.state);
  const isSigned = isBare && edgeText(edge, picture) !== null && sign !== null;
  return {
    kind: "edge",
    title: `${from.name} → ${to.name}: ${meaning}`,
    data: {
      ...(from.kind === "junction" ? {} : { caller: from.name }),
      ...(to.kind === "junction" ? {} : { callee: to.name }),
      state: edge.state,
    },
    ...(isSigned ? { sign: { text: sign, color } } : {}),
  };
}

function pixels(points: number): number {
  return Math.ceil(points * PIXELS);
}

function round(points: number): number {
  return Math.round(points * 100) / 100;
}
