import { markdownTable } from "../markdown/markdown-table.ts";
import { markdownText } from "../markdown/markdown-text.ts";

/** A table of cells that are to be escaped; nothing where it has no rows. */
export function escapedTable(header: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  return rows.length === 0
    ? []
    : [
        ...markdownTable(
          header,
          rows.map((row) => row.map(markdownText)),
        ),
        "",
      ];
}
