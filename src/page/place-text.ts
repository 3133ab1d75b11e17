import type { Span } from "../matrix/text/source-text.ts";

/** Where something stands in the matrix, as editors and terminals write it. */
export function placeText(span: Span | null): string | null {
  return span === null ? null : `${span.file}:${span.line}`;
}
