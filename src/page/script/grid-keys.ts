import { around } from "./dom.ts";
import type { Place } from "./grid-nodes.ts";
import type { GridView } from "./grid-view.ts";

type Step = (place: Place, size: GridView["size"]) => Place;

const steps: Readonly<Record<string, Step>> = {
  ArrowUp: ({ row, column }) => ({ row: row - 1, column }),
  ArrowDown: ({ row, column }) => ({ row: row + 1, column }),
  ArrowLeft: ({ row, column }) => ({ row, column: column - 1 }),
  ArrowRight: ({ row, column }) => ({ row, column: column + 1 }),
  PageUp: ({ row, column }, { page }) => ({ row: Math.max(1, row - page), column }),
  PageDown: ({ row, column }, { page }) => ({ row: row + page, column }),
  Home: ({ row }) => ({ row, column: 1 }),
  End: ({ row }, { columns }) => ({ row, column: columns }),
  "Ctrl+Home": () => ({ row: 1, column: 1 }),
  "Ctrl+End": (_, { rows, columns }) => ({ row: rows, column: columns }),
};

/** Moves through the grid by keyboard, as the grid pattern of WAI-ARIA has it, and opens by key and click. */
export function listenToGrid(box: HTMLElement, view: GridView, open: (place: Place) => void): void {
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      open(view.active);
      return;
    }
    const step = steps[`${event.ctrlKey || event.metaKey ? "Ctrl+" : ""}${event.key}`];
    if (step === undefined || event.altKey) return;
    event.preventDefault();
    const size = view.size;
    const { row, column } = step(view.active, size);
    const next = { row: clamp(row, size.rows), column: clamp(column, size.columns) };
    // The corner says nothing.
    if (next.row > 0 || next.column > 0) view.moveTo(next, true);
  });
  const placeOf = (target: EventTarget | null): Place | undefined => {
    const node = around(target, "[data-row]");
    return node === null ? undefined : { row: Number(node.dataset["row"]), column: Number(node.dataset["column"]) };
  };
  box.addEventListener("click", (event) => {
    const place = placeOf(event.target);
    if (place === undefined) return;
    view.moveTo(place, true);
    open(place);
  });
  box.addEventListener("mouseover", (event) => {
    const place = placeOf(event.target);
    if (place !== undefined) view.point(place);
  });
  box.addEventListener("focusin", (event) => {
    const place = placeOf(event.target);
    if (place !== undefined) view.point(place);
    else if (event.target === box) view.moveTo(view.active, true);
  });
}

function clamp(number: number, most: number): number {
  return Math.min(Math.max(0, number), most);
}
