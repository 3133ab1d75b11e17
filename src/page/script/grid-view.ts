import { element } from "./dom.ts";
import type { Shown } from "./filter.ts";
import { CELL, columnHead, type Drawn, HEAD, type Place, rowNode } from "./grid-nodes.ts";
import { type Model, pairSentence } from "./model.ts";
import type { Selection } from "./selection.ts";
import { type Stretch, stretchOf } from "./stretch.ts";

/** The grid. Only what is in sight is there: a thousand services by a thousand callers scroll as ten by ten. */
export class GridView {
  readonly #box: HTMLElement;
  readonly #model: Model;
  readonly #readout = element("div", { class: "readout", "aria-hidden": "true" });
  readonly #corner = element("div", { class: "corner", role: "columnheader", "aria-colindex": 1 });
  readonly #header = element("div", { class: "columns", role: "row", "aria-rowindex": 1 });
  readonly #body = element("div", { class: "body", role: "rowgroup" });
  #shown: Shown = { callers: [], callees: [], lit: 0, isAll: true, isLit: () => true };
  #active: Place = { row: 1, column: 1 };
  /** Rows that are drawn already: scrolling down draws only those that come. */
  #lines: ReadonlyMap<number, HTMLElement> = new Map();
  #drawn: { readonly rows: Stretch; readonly columns: Stretch } | undefined;
  #pointed: Place | undefined;
  #isWaiting = false;

  constructor(box: HTMLElement, model: Model) {
    this.#box = box;
    this.#model = model;
    this.#corner.append(element("span", { class: "sr" }, "Caller"), this.#readout);
    this.#body.append(this.#header);
    box.append(this.#body);
    box.addEventListener("scroll", () => this.#drawSoon(), { passive: true });
    new ResizeObserver(() => {
      this.#resize();
      this.#drawSoon();
    }).observe(box);
  }

  /** The place that the keyboard is at. */
  get active(): Place {
    return this.#active;
  }

  get size(): { readonly rows: number; readonly columns: number; readonly page: number } {
    return {
      rows: this.#shown.callers.length,
      columns: this.#shown.callees.length,
      page: Math.max(1, Math.floor((this.#box.clientHeight - HEAD) / CELL) - 1),
    };
  }

  show(shown: Shown): void {
    this.#shown = shown;
    this.#pointed = undefined;
    const [rows, columns] = [shown.callers.length, shown.callees.length];
    const active = { row: Math.min(this.#active.row, rows), column: Math.min(this.#active.column, columns) };
    const isCorner = active.row === 0 && active.column === 0;
    this.#active = isCorner ? { row: Math.min(1, rows), column: Math.min(1, columns) } : active;
    this.#box.setAttribute("aria-rowcount", String(rows + 1));
    this.#box.setAttribute("aria-colcount", String(columns + 1));
    this.#resize();
    this.#box.scrollTo(0, 0);
    this.#draw();
  }

  /** Makes a place the one that the keyboard is at, and brings it into view. */
  moveTo(place: Place, focus: boolean): void {
    this.#nodeAt(this.#active)?.setAttribute("tabindex", "-1");
    this.#active = place;
    this.#reveal(place);
    this.#draw();
    const node = this.#nodeAt(place);
    node?.setAttribute("tabindex", "0");
    this.#box.tabIndex = node === null ? 0 : -1;
    if (focus) (node ?? this.#box).focus({ preventScroll: true });
    this.point(place);
  }

  /** What is at a place; null for a header. */
  at({ row, column }: Place): Selection {
    return { caller: this.#shown.callers[row - 1] ?? null, callee: this.#shown.callees[column - 1] ?? null };
  }

  placeOf({ caller, callee }: Selection): Place | undefined {
    const row = caller === null ? 0 : this.#shown.callers.indexOf(caller) + 1;
    const column = callee === null ? 0 : this.#shown.callees.indexOf(callee) + 1;
    return (caller !== null && row === 0) || (callee !== null && column === 0) ? undefined : { row, column };
  }

  /** Marks the row and the column of a place, and says what it is. */
  point(place: Place): void {
    this.#pointed = place;
    this.#mark();
    const { caller, callee } = this.at(place);
    const member = caller !== null ? this.#model.caller(caller) : callee !== null ? this.#model.callee(callee) : null;
    this.#readout.textContent =
      caller !== null && callee !== null ? pairSentence(this.#model, caller, callee) : (member?.id ?? "");
  }

  #mark(): void {
    const place = this.#pointed;
    for (const node of this.#box.querySelectorAll(".is-pointed")) node.classList.remove("is-pointed");
    if (place === undefined) return;
    this.#nodeAt({ row: 0, column: place.column })?.classList.add("is-pointed");
    this.#nodeAt({ row: place.row, column: 0 })?.classList.add("is-pointed");
  }

  get #side(): number {
    return this.#box.clientWidth < 640 ? 132 : 232;
  }

  #nodeAt({ row, column }: Place): HTMLElement | null {
    return this.#box.querySelector<HTMLElement>(`[data-row="${row}"][data-column="${column}"]`);
  }

  #drawSoon(): void {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    requestAnimationFrame(() => {
      this.#isWaiting = false;
      this.#draw();
    });
  }

  #draw(): void {
    const { callers, callees } = this.#shown;
    const box = this.#box;
    const rows = stretchOf(box.scrollTop, box.clientHeight - HEAD, CELL, callers.length);
    const columns = stretchOf(box.scrollLeft, box.clientWidth - this.#side, CELL, callees.length);
    if (isSame(rows, this.#drawn?.rows) && isSame(columns, this.#drawn?.columns)) return;
    const kept = isSame(columns, this.#drawn?.columns) ? this.#lines : new Map<number, HTMLElement>();
    this.#drawn = { rows, columns };
    const hadFocus = box.contains(document.activeElement);
    const drawn: Drawn = { model: this.#model, shown: this.#shown, active: this.#active, side: this.#side };
    const heads: HTMLElement[] = [];
    for (let column = columns.from; column < columns.to; column++) heads.push(columnHead(drawn, column + 1));
    const lines = new Map<number, HTMLElement>();
    for (let row = rows.from; row < rows.to; row++) lines.set(row, kept.get(row) ?? rowNode(drawn, row + 1, columns));
    this.#lines = lines;
    this.#header.replaceChildren(this.#corner, ...heads);
    this.#body.replaceChildren(this.#header, ...lines.values());
    this.#mark();
    const node = this.#nodeAt(this.#active);
    // Where the place of the keyboard is out of sight, the box itself keeps the focus for it.
    box.tabIndex = node === null ? 0 : -1;
    if (hadFocus) (node ?? box).focus({ preventScroll: true });
  }

  #reveal({ row, column }: Place): void {
    const box = this.#box;
    const [top, left] = [(row - 1) * CELL, (column - 1) * CELL];
    const [height, width] = [box.clientHeight - HEAD - CELL, box.clientWidth - this.#side - CELL];
    if (row > 0) box.scrollTop = Math.min(top, Math.max(box.scrollTop, top - height));
    if (column > 0) box.scrollLeft = Math.min(left, Math.max(box.scrollLeft, left - width));
  }

  /** What is drawn has to be drawn anew. */
  #resize(): void {
    this.#drawn = undefined;
    this.#box.style.setProperty("--cell", `${CELL}px`);
    this.#box.style.setProperty("--head", `${HEAD}px`);
    this.#box.style.setProperty("--side", `${this.#side}px`);
    this.#body.style.width = `${this.#side + this.#shown.callees.length * CELL}px`;
    this.#body.style.height = `${HEAD + this.#shown.callers.length * CELL}px`;
  }
}

function isSame(a: Stretch, b: Stretch | undefined): boolean {
  return a.from === b?.from && a.to === b.to;
}
