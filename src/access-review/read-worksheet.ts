/** What somebody ticked. */
export interface Worksheet {
  /** Names of rows, as `rowName` gives them, with the edge that the worksheet shows. */
  readonly ticked: readonly WorksheetRow[];
  readonly open: readonly WorksheetRow[];
}

export interface WorksheetRow {
  readonly name: string;
  readonly key: string;
  /** From 1. */
  readonly line: number;
}

/** The first line of every row, from its start: text of the matrix stands below it, indented. */
const row = /^[-*+] \[([ xX])\] .*?`([a-z0-9-]+ -> [a-z0-9-]+)`.* row `([0-9a-f]{32})`\s*$/;

/** Any other line with a box that is ticked: whoever ticked it meant something. */
const ticked = /^[-*+] \[[xX]\]/;

/**
 * A worksheet in Markdown, as somebody gave it back.
 * @returns the lines that are ticked and name no row, where there are any
 */
export function readWorksheet(text: string): Worksheet | { readonly broken: readonly number[] } {
  const found = text.split(/\r?\n/).map((content, index) => ({ content, match: row.exec(content), line: index + 1 }));
  const broken = found.filter(({ content, match }) => match === null && ticked.test(content)).map(({ line }) => line);
  if (broken.length > 0) return { broken };
  const rows = found.flatMap(({ match, line }) => {
    const [, box, key, name] = match ?? [];
    return box === undefined || key === undefined || name === undefined
      ? []
      : [{ isTicked: box !== " ", key, name, line }];
  });
  // A row of several owners stands below each of them: each has to tick it.
  const unticked = new Set(rows.filter(({ isTicked }) => !isTicked).map(({ name }) => name));
  const once = rows.filter(({ name }, index) => rows.findIndex((each) => each.name === name) === index);
  return {
    ticked: once.filter(({ name }) => !unticked.has(name)),
    open: once.filter(({ name }) => unticked.has(name)),
  };
}
