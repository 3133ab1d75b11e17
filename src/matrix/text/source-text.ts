/** The text of one file of a matrix, under the name that findings show. */
export interface SourceText {
  readonly name: string;
  readonly text: string;
  /** The offset at which each line starts. */
  readonly lineStarts: readonly number[];
}

/** A stretch of a file. Lines and columns count from 1, columns in UTF-16 units as editors and SARIF do; the end is exclusive. */
export interface Span {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export function sourceText(name: string, text: string): SourceText {
  const lineStarts = [0];
  for (let next = text.indexOf("\n"); next !== -1; next = text.indexOf("\n", next + 1)) lineStarts.push(next + 1);
  return { name, text, lineStarts };
}

/** The span of the characters [start, end) of a text. */
export function spanOf(source: SourceText, start: number, end: number): Span {
  const from = lineAndColumn(source, start);
  const to = lineAndColumn(source, Math.max(start, end));
  return { file: source.name, line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
}

/** The text of a line (from 1), without its line break. */
export function lineAt(source: SourceText, line: number): string {
  const start = source.lineStarts[line - 1];
  if (start === undefined) return "";
  const next = source.lineStarts[line];
  if (next === undefined) return source.text.slice(start);
  return source.text.slice(start, source.text[next - 2] === "\r" ? Math.max(start, next - 2) : next - 1);
}

function lineAndColumn(source: SourceText, offset: number): { readonly line: number; readonly column: number } {
  const at = Math.min(offset, source.text.length);
  let low = 0;
  let high = source.lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((source.lineStarts[middle] ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: at - (source.lineStarts[low] ?? 0) + 1 };
}
