import type { Severity } from "../../finding/severity.ts";
import type { Span } from "../../matrix/text/source-text.ts";

/** The workflow commands that annotate, by severity. */
export const annotationCommands = {
  error: "error",
  warning: "warning",
  info: "notice",
} as const satisfies Readonly<Record<Severity, string>>;

/** Where an annotation stands. GitHub takes columns only of what stands on one line. */
export function annotationPosition({
  file,
  line,
  column,
  endLine,
  endColumn,
}: Span): Readonly<Record<string, string | number>> {
  return endLine === line ? { file, line, col: column, endLine, endColumn } : { file, line, endLine };
}
