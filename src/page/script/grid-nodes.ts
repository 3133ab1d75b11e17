import { cellLooks } from "../cell-looks.ts";
import { element } from "./dom.ts";
import type { Shown } from "./filter.ts";
import { type Model, pairSentence } from "./model.ts";
import type { Stretch } from "./stretch.ts";

/** A place in the grid: row 0 and column 0 are the headers. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

/** In pixels. The style sheet gets them as properties. */
export const CELL = 28;
export const HEAD = 184;

/** What the nodes of a grid are made for. */
export interface Drawn {
  readonly model: Model;
  readonly shown: Shown;
  /** The place that the keyboard is at. */
  readonly active: Place;
  /** The width of the headers of rows. */
  readonly side: number;
}

export function columnHead(drawn: Drawn, column: number): HTMLElement {
  const callee = drawn.model.callee(drawn.shown.callees[column - 1] ?? 0);
  const className = `column${callee.isForeign ? " is-foreign" : ""}`;
  const made = spot(drawn, { row: 0, column }, "columnheader", className);
  made.append(element("span", {}, shortName(callee.id)));
  made.setAttribute("title", callee.id);
  made.style.left = `${drawn.side + (column - 1) * CELL}px`;
  return made;
}

/** A row with its header and the cells of some columns. */
export function rowNode(drawn: Drawn, row: number, columns: Stretch): HTMLElement {
  const made = element("div", { class: "line", role: "row", "aria-rowindex": row + 1 }, rowHead(drawn, row));
  made.style.top = `${HEAD + (row - 1) * CELL}px`;
  for (let column = columns.from; column < columns.to; column++) made.append(cellNode(drawn, row, column + 1));
  return made;
}

function rowHead(drawn: Drawn, row: number): HTMLElement {
  const caller = drawn.model.caller(drawn.shown.callers[row - 1] ?? 0);
  const made = spot(drawn, { row, column: 0 }, "rowheader", `row${caller.isForeign ? " is-foreign" : ""}`);
  made.append(element("span", {}, caller.id));
  made.setAttribute("title", caller.id);
  return made;
}

function cellNode(drawn: Drawn, row: number, column: number): HTMLElement {
  const { model, shown, side } = drawn;
  const [caller, callee] = [shown.callers[row - 1] ?? 0, shown.callees[column - 1] ?? 0];
  const index = model.cellAt(caller, callee);
  const state = index === undefined ? undefined : model.cell(index)[2];
  const isFaded = index !== undefined && !shown.isLit(index);
  const className = `cell${state === undefined ? "" : ` is-${state}`}${isFaded ? " is-faded" : ""}`;
  const made = spot(drawn, { row, column }, "gridcell", className);
  if (state !== undefined) made.textContent = cellLooks[state].glyph;
  made.setAttribute("aria-label", pairSentence(model, caller, callee));
  made.style.left = `${side + (column - 1) * CELL}px`;
  return made;
}

function spot({ active }: Drawn, { row, column }: Place, role: string, className: string): HTMLElement {
  return element("div", {
    role,
    class: className,
    "data-row": row,
    "data-column": column,
    "aria-colindex": column + 1,
    tabindex: row === active.row && column === active.column ? 0 : -1,
  });
}

/** The last part of a resource: the whole one is no heading. */
function shortName(id: string): string {
  return id.startsWith("projects/") ? id.slice(id.lastIndexOf("/") + 1) : id;
}
