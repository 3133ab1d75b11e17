import { type Cell, toCells } from "./to-cells.ts";

/** A line of a file as a terminal shows it, and the line below that points at a part of it. */
export interface MarkedLine {
  readonly code: string;
  readonly underline: string;
}

/**
 * Marks the characters [from, to) of a line. What does not fit the width is cut away around them.
 * @param width in columns, at least 40
 */
export function markLine(line: string, from: number, to: number, width: number, mark: "^" | "-"): MarkedLine {
  const start = Math.min(from, line.length);
  // A line may hold megabytes. Four units for each column hold whatever is worth showing.
  const windowStart = Math.max(0, start - 4 * width);
  const windowEnd = start + 4 * width;
  const cells = [...toCells(line.slice(windowStart, windowEnd), windowStart)];
  if (start === line.length) cells.push({ start, end: start + 1, text: " ", width: 1 });
  const first = cells.findIndex(({ end }) => end > start);
  const marked = cells.slice(first).filter((cell, i) => i === 0 || cell.start < to).length;
  const hidden = { before: windowStart > 0, after: windowEnd < line.length };
  const [shownFrom, shownTo] = chooseCells(cells, first, marked, hidden, width);
  const before = shownFrom > 0 || hidden.before ? "…" : "";
  const after = shownTo < cells.length || hidden.after ? "…" : "";
  const markedWidth = widthOf(cells.slice(first, Math.min(first + marked, shownTo)));
  return {
    code: (before + textOf(cells.slice(shownFrom, shownTo)) + after).trimEnd(),
    underline:
      " ".repeat(before.length + widthOf(cells.slice(shownFrom, first))) + mark.repeat(Math.max(1, markedWidth)),
  };
}

/** The cells [from, to) to show: all where they fit, else the marked ones with what is around them. */
function chooseCells(
  cells: readonly Cell[],
  first: number,
  marked: number,
  hidden: { readonly before: boolean; readonly after: boolean },
  width: number,
): readonly [number, number] {
  if (!hidden.before && !hidden.after && widthOf(cells) <= width) return [0, cells.length];
  const room = width - "……".length;
  const markedEnd = first + marked;
  const startsLine = !hidden.before && widthOf(cells.slice(0, markedEnd)) <= room;
  let from = startsLine ? 0 : first;
  let to = from;
  let used = 0;
  const take = (next: number): boolean => {
    const cell = cells[next];
    if (cell === undefined || used + cell.width > room) return false;
    used += cell.width;
    return true;
  };
  while (to < markedEnd && take(to)) to++;
  for (;;) {
    const hasLeft = take(from - 1);
    if (hasLeft) from--;
    const hasRight = take(to);
    if (hasRight) to++;
    if (!hasLeft && !hasRight) return [from, to];
  }
}

function widthOf(cells: readonly Cell[]): number {
  return cells.reduce((sum, { width }) => sum + width, 0);
}

function textOf(cells: readonly Cell[]): string {
  return cells.map(({ text }) => text).join("");
}
