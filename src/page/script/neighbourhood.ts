import { cellLooks } from "../cell-looks.ts";
import { svgElement } from "./dom.ts";
import { type Model } from "./model.ts";
import { linkTo, type Selection } from "./selection.ts";

/** Names on one side that are drawn. */
const MOST = 14;
const LINE = 24;
const WIDTH = 520;
const BOX = 156;

interface Neighbour {
  readonly name: string;
  readonly cell: number;
  readonly selection: Selection;
}

/** Who calls a service, and whom it calls, drawn: callers to the left, services to the right. What is open is lit. */
export function drawNeighbourhood(model: Model, { caller, callee }: Selection): SVGElement | null {
  const centre = callee ?? (caller === null ? null : (model.caller(caller).callee ?? null));
  const asCaller = callee === null ? caller : (model.callee(callee).caller ?? null);
  const isShown = (cell: number): boolean => model.cell(cell)[2] !== "managed";
  const left = (centre === null ? [] : model.cellsOfCallee(centre)).filter(isShown).map((cell): Neighbour => {
    const [to, from] = model.cell(cell);
    return { name: model.caller(from).id, cell, selection: { caller: from, callee: to } };
  });
  const right = (asCaller === null ? [] : model.cellsOfCaller(asCaller)).filter(isShown).map((cell): Neighbour => {
    const [to, from] = model.cell(cell);
    return { name: model.callee(to).id, cell, selection: { caller: from, callee: to } };
  });
  if (left.length === 0 && right.length === 0) return null;
  const isLit = ({ selection }: Neighbour): boolean =>
    callee !== null && caller !== null && selection.caller === caller && selection.callee === callee;
  const height = Math.max(1, Math.min(left.length, MOST + 1), Math.min(right.length, MOST + 1)) * LINE + 8;
  const name = centre === null ? model.caller(asCaller ?? 0).id : model.callee(centre).id;
  const svg = svgElement("svg", {
    viewBox: `0 0 ${WIDTH} ${height}`,
    class: "neighbourhood",
    role: "group",
    "aria-label": `Around ${name}: ${left.length} callers, ${right.length} services called`,
  });
  svg.append(...side(model, left, 0, height, isLit), ...side(model, right, WIDTH - BOX, height, isLit));
  svg.append(
    svgElement("rect", { class: "centre", x: (WIDTH - BOX) / 2, y: height / 2 - 14, width: BOX, height: 28, rx: 6 }),
    svgElement("text", { class: "centre", x: WIDTH / 2, y: height / 2 + 4, "text-anchor": "middle" }, fit(name)),
  );
  return svg;
}

function side(
  model: Model,
  all: readonly Neighbour[],
  x: number,
  height: number,
  isLit: (neighbour: Neighbour) => boolean,
): readonly SVGElement[] {
  // What is lit is among those that are drawn.
  const sorted = [...all].sort((a, b) => Number(isLit(b)) - Number(isLit(a)));
  const drawn = all.length > MOST ? sorted.slice(0, MOST) : all;
  const lines = drawn.length + (all.length > drawn.length ? 1 : 0);
  const top = (height - lines * LINE) / 2;
  const isLeft = x === 0;
  const nodes = drawn.flatMap((neighbour, index) => {
    const y = top + index * LINE + LINE / 2;
    const state = model.cell(neighbour.cell)[2];
    const [from, to] = isLeft ? [BOX, (WIDTH - BOX) / 2] : [(WIDTH + BOX) / 2, WIDTH - BOX];
    const [y1, y2] = isLeft ? [y, height / 2] : [height / 2, y];
    const middle = (from + to) / 2;
    const lit = isLit(neighbour) ? " is-lit" : "";
    const link = svgElement(
      "g",
      { "data-link": linkTo(model, neighbour.selection), class: `neighbour${lit}`, role: "button", tabindex: 0 },
      svgElement("title", {}, `${neighbour.name}: ${cellLooks[state].name}`),
      svgElement("rect", { x: x + 1, y: y - 10, width: BOX - 2, height: 20, rx: 4 }),
      svgElement("text", { x: x + 8, y: y + 4 }, `${cellLooks[state].glyph} ${fit(neighbour.name)}`),
    );
    const path = { class: `edge is-${state}${lit}`, d: `M${from} ${y1} C${middle} ${y1} ${middle} ${y2} ${to} ${y2}` };
    return [svgElement("path", path), link];
  });
  if (lines === drawn.length) return nodes;
  const more = svgElement(
    "text",
    { class: "more", x: x + 8, y: top + lines * LINE - 8 },
    `and ${all.length - drawn.length} more`,
  );
  return [...nodes, more];
}

/** The end of a name says more than its beginning where it is long: `…/services/debug-echo`. */
function fit(name: string): string {
  const characters = [...name];
  if (characters.length <= 18) return name;
  return name.startsWith("projects/") ? `…${characters.slice(-17).join("")}` : `${characters.slice(0, 17).join("")}…`;
}
