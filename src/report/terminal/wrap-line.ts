import { toCells } from "./to-cells.ts";

/** What paint() puts around a text, which takes no columns. */
// oxlint-disable-next-line no-control-regex
const styles = /\u001b\[[\d;]*m/g;

/** No line starts with a blank, nor with what GitHub's runner or another build server could obey there. */
const staysBehind = /^(?:$|[:#])/;

/**
 * A line that is broken between words where it is longer than the terminal is wide. What has no blank stays whole.
 * @param line as a terminal shows it, with its styles
 * @param hang the columns that further lines stand back
 */
export function wrapLine(line: string, width: number, hang: number): readonly string[] {
  if (line.length <= width || columnsOf(line) <= width) return [line];
  const start = /^ */.exec(line)?.[0] ?? "";
  const lines: string[] = [];
  let current = "";
  let columns = 0;
  for (const word of line.slice(start.length).split(" ")) {
    const size = columnsOf(word);
    if (current === "" && lines.length === 0) [current, columns] = [start + word, start.length + size];
    else if (columns + 1 + size <= width || columns <= hang || staysBehind.test(word.replace(styles, "")))
      [current, columns] = [`${current} ${word}`, columns + 1 + size];
    else {
      lines.push(current);
      [current, columns] = [" ".repeat(hang) + word, hang + size];
    }
  }
  return [...lines, current];
}

/** The columns that a text takes in a terminal. */
export function columnsOf(text: string): number {
  return toCells(text.replace(styles, ""), 0).reduce((sum, cell) => sum + cell.width, 0);
}
