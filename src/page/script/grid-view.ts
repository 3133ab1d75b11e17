import { cellLooks } from "../cell-looks.ts";
import { element } from "./dom.ts";
import type { Shown } from "./filter.ts";
import { type Model, pairSentence } from "./model.ts";
import { type Stretch, stretchOf } from "./stretch.ts";

/** A place in the grid: row 0 and column 0 are the headers. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

/** In pixels. The style sheet gets them as properties. */
const CELL = 28;
const HEAD = 156;

export interface GridView {
  readonly show: (shown: Shown) => void;
  /** Makes a place the one that the keyboard is at, and brings it into view. */
  readonly moveTo: (place: Place, focus: boolean) => void;
  readonly active: () => Place;
  readonly size: () => { readonly rows: number; readonly columns: number; readonly page: number };
  /** What is at a place: indexes of the data, null for a header. */
  readonly at: (place: Place) => { readonly caller: number | null; readonly callee: number | null };
  readonly placeOf: (caller: number | null, callee: number | null) => Place | undefined;
  /** Marks the row and the column of a place, and says what it is. */
  readonly point: (place: Place) => void;
}

/** The grid. Only what is in sight is there: a thousand services by a thousand callers scroll as ten by ten. */
export function createGridView(box: HTMLElement, model: Model): GridView {
  const readout = element("div", { class: "readout", "aria-hidden": "true" });
  const corner = element("div", { class: "corner", role: "columnheader", "aria-colindex": 1 });
  const header = element("div", { class: "head", role: "row", "aria-rowindex": 1 });
  const body = element("div", { class: "body", role: "rowgroup" });
  let shown: Shown = { callers: [], callees: [], lit: null };
  let active: Place = { row: 1, column: 1 };
  let window: { readonly rows: Stretch; readonly columns: Stretch } | undefined;
  const side = (): number => (box.clientWidth < 640 ? 132 : 232);
  corner.append(element("span", { class: "sr" }, "Caller"), readout);
  body.append(header);
  box.append(body);

  const nodeAt = ({ row, column }: Place): HTMLElement | null =>
    box.querySelector<HTMLElement>(`[data-row="${row}"][data-column="${column}"]`);

  const spot = (row: number, column: number, role: string, className: string): HTMLElement =>
    element("div", {
      role,
      class: className,
      "data-row": row,
      "data-column": column,
      "aria-colindex": column + 1,
      tabindex: row === active.row && column === active.column ? 0 : -1,
    });

  const columnHead = (column: number): HTMLElement => {
    const callee = model.callee(shown.callees[column - 1] ?? 0);
    const made = spot(0, column, "columnheader", `column${callee.isForeign ? " is-foreign" : ""}`);
    made.append(element("span", {}, shortName(callee.id)));
    made.setAttribute("title", callee.id);
    made.style.left = `${side() + (column - 1) * CELL}px`;
    return made;
  };

  const rowHead = (row: number): HTMLElement => {
    const caller = model.caller(shown.callers[row - 1] ?? 0);
    const made = spot(row, 0, "rowheader", `row${caller.isForeign ? " is-foreign" : ""}`);
    made.append(element("span", {}, caller.id));
    made.setAttribute("title", caller.id);
    return made;
  };

  const cellNode = (row: number, column: number): HTMLElement => {
    const [caller, callee] = [shown.callers[row - 1] ?? 0, shown.callees[column - 1] ?? 0];
    const index = model.cellAt(caller, callee);
    const state = index === undefined ? undefined : model.cell(index)[2];
    const isFaded = index !== undefined && shown.lit !== null && !shown.lit.has(index);
    const made = spot(row, column, "gridcell", `cell${state === undefined ? "" : ` is-${state}`}${isFaded ? " is-faded" : ""}`);
    if (state !== undefined) made.textContent = cellLooks[state].glyph;
    made.setAttribute("aria-label", pairSentence(model, caller, callee));
    made.style.left = `${side() + (column - 1) * CELL}px`;
    return made;
  };

  const rowNode = (row: number, columns: Stretch): HTMLElement => {
    const made = element("div", { class: "line", role: "row", "aria-rowindex": row + 1 }, rowHead(row));
    made.style.top = `${HEAD + (row - 1) * CELL}px`;
    for (let column = columns.from; column < columns.to; column++) made.append(cellNode(row, column + 1));
    return made;
  };

  const draw = (): void => {
    const rows = stretchOf(box.scrollTop, box.clientHeight - HEAD, CELL, shown.callers.length);
    const columns = stretchOf(box.scrollLeft, box.clientWidth - side(), CELL, shown.callees.length);
    const isSame = (a: Stretch, b: Stretch | undefined): boolean => a.from === b?.from && a.to === b.to;
    if (isSame(rows, window?.rows) && isSame(columns, window?.columns)) return;
    window = { rows, columns };
    const hadFocus = box.contains(document.activeElement);
    const heads: HTMLElement[] = [];
    for (let column = columns.from; column < columns.to; column++) heads.push(columnHead(column + 1));
    const lines: HTMLElement[] = [];
    for (let row = rows.from; row < rows.to; row++) lines.push(rowNode(row + 1, columns));
    header.replaceChildren(corner, ...heads);
    body.replaceChildren(header, ...lines);
    const node = nodeAt(active);
    // Where the place of the keyboard is out of sight, the box itself keeps the focus for it.
    box.tabIndex = node === null ? 0 : -1;
    if (hadFocus) (node ?? box).focus({ preventScroll: true });
  };

  const reveal = ({ row, column }: Place): void => {
    const [top, left] = [(row - 1) * CELL, (column - 1) * CELL];
    const [height, width] = [box.clientHeight - HEAD - CELL, box.clientWidth - side() - CELL];
    if (row > 0) box.scrollTop = Math.min(top, Math.max(box.scrollTop, top - height));
    if (column > 0) box.scrollLeft = Math.min(left, Math.max(box.scrollLeft, left - width));
  };

  const point = ({ row, column }: Place): void => {
    for (const node of box.querySelectorAll(".is-pointed")) node.classList.remove("is-pointed");
    nodeAt({ row: 0, column })?.classList.add("is-pointed");
    nodeAt({ row, column: 0 })?.classList.add("is-pointed");
    const [caller, callee] = [shown.callers[row - 1], shown.callees[column - 1]];
    readout.textContent =
      caller !== undefined && callee !== undefined
        ? pairSentence(model, caller, callee)
        : caller !== undefined
          ? model.caller(caller).id
          : callee === undefined
            ? ""
            : model.callee(callee).id;
  };

  let isWaiting = false;
  const drawSoon = (): void => {
    if (isWaiting) return;
    isWaiting = true;
    requestAnimationFrame(() => {
      isWaiting = false;
      draw();
    });
  };
  box.addEventListener("scroll", drawSoon, { passive: true });
  new ResizeObserver(() => {
    window = undefined;
    resize();
    drawSoon();
  }).observe(box);

  const resize = (): void => {
    box.style.setProperty("--cell", `${CELL}px`);
    box.style.setProperty("--head", `${HEAD}px`);
    box.style.setProperty("--side", `${side()}px`);
    body.style.width = `${side() + shown.callees.length * CELL}px`;
    body.style.height = `${HEAD + shown.callers.length * CELL}px`;
  };

  return {
    show: (next) => {
      shown = next;
      window = undefined;
      active = {
        row: Math.min(active.row, next.callers.length),
        column: Math.min(active.column, next.callees.length),
      };
      if (active.row === 0 && active.column === 0) active = { row: next.callers.length > 0 ? 1 : 0, column: next.callees.length > 0 ? 1 : 0 };
      box.setAttribute("aria-rowcount", String(next.callers.length + 1));
      box.setAttribute("aria-colcount", String(next.callees.length + 1));
      resize();
      draw();
    },
    moveTo: (place, focus) => {
      nodeAt(active)?.setAttribute("tabindex", "-1");
      active = place;
      reveal(place);
      draw();
      const node = nodeAt(place);
      node?.setAttribute("tabindex", "0");
      box.tabIndex = node === null ? 0 : -1;
      if (focus) (node ?? box).focus({ preventScroll: true });
      point(place);
    },
    active: () => active,
    size: () => ({
      rows: shown.callers.length,
      columns: shown.callees.length,
      page: Math.max(1, Math.floor((box.clientHeight - HEAD) / CELL) - 1),
    }),
    at: ({ row, column }) => ({ caller: shown.callers[row - 1] ?? null, callee: shown.callees[column - 1] ?? null }),
    placeOf: (caller, callee) => {
      const row = caller === null ? 0 : shown.callers.indexOf(caller) + 1;
      const column = callee === null ? 0 : shown.callees.indexOf(callee) + 1;
      return (caller !== null && row === 0) || (callee !== null && column === 0) ? undefined : { row, column };
    },
    point,
  };
}

/** The last part of a resource: the whole one is no heading. */
function shortName(id: string): string {
  return id.startsWith("projects/") ? id.slice(id.lastIndexOf("/") + 1) : id;
}
