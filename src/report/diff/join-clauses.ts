import { columnsOf, wrapLine } from "../terminal/wrap-line.ts";

const INDENT = "  ";

/**
 * The clauses of a sentence as lines: as many on each as its columns hold, a clause that is longer than one breaks between words.
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
  return (line === "" ? lines : [...lines, line]).flatMap((each) => wrapLine(each, width, 2 * INDENT.length));
}
