import { toCells } from "../terminal/to-cells.ts";

const INDENT = "  ";

/**
 * The clauses of a sentence as lines: as many on each as its columns hold, so that no name is torn apart.
 * @param clauses as a terminal shows them, without styles
 */
export function joinClauses(clauses: readonly string[], width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const [i, clause] of clauses.entries()) {
    const piece = i === clauses.length - 1 ? clause : `${clause};`;
    if (line === "") line = piece;
    else if (columnsOf(`${line} ${piece}`) <= width) line = `${line} ${piece}`;
    else {
      lines.push(line);
      line = INDENT + piece;
    }
  }
  return line === "" ? lines : [...lines, line];
}

/** The columns that a text takes in a terminal. */
export function columnsOf(text: string): number {
  return toCells(text, 0).reduce((sum, cell) => sum + cell.width, 0);
}
