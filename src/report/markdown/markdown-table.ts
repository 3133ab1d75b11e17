/**
 * A table as lines of Markdown.
 * @param rows cells that markdownText or markdownCode made, so that none holds a bar or a line break
 */
export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(header), line(header.map(() => "---")), ...rows.map(line)];
}
