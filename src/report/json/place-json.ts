import type { Span } from "../../matrix/text/source-text.ts";

/** A stretch of a file for programs, with nothing but what the schemas say of one. */
export function placeJson(span: Span | null): Span | null {
  if (span === null) return null;
  const { file, line, column, endLine, endColumn } = span;
  return { file, line, column, endLine, endColumn };
}
