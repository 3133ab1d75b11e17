import { readPage } from "../markdown.ts";

export const page = readPage("docs/semantics.md");

export interface Section {
  readonly title: string;
  /** The list items, each in one line. */
  readonly items: readonly string[];
  /** Lines that belong to no item. */
  readonly rest: readonly string[];
}

/** The sections of a page without its blocks. What stands before the first heading has none. */
export function sectionsOf(prose: string): readonly Section[] {
  const [, ...parts] = prose.split(/^## /m);
  return parts.map((part) => {
    const [title = "", ...lines] = part.split("\n");
    const items: string[] = [];
    const rest: string[] = [];
    let isInItem = false;
    for (const line of lines) {
      if (line.startsWith("- ")) items.push(line.slice(2));
      else if (isInItem && line.startsWith("  ")) items.push(`${items.pop() ?? ""} ${line.trim()}`);
      else if (line.trim() !== "") rest.push(line);
      isInItem = line.startsWith("- ") || (isInItem && line.startsWith("  "));
    }
    return { title, items, rest };
  });
}
