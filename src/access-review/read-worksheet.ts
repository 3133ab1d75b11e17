import { hiddenCharacter, showCharacter } from "../report/hidden-characters.ts";

/** A worksheet as somebody gave it back: its rows in their order, ticked or not. */
interface Worksheet {
  readonly rows: readonly WorksheetRow[];
}

export interface WorksheetRow {
  /** As `rowName` gives it. */
  readonly name: string;
  /** The edge that a reader sees. */
  readonly key: string;
  /** The environments that a reader sees, as `whereOf` gives them. */
  readonly where: string;
  /** The heading that it stands below: the name of an owner. */
  readonly heading: string | null;
  readonly isTicked: boolean;
  /** From 1. */
  readonly line: number;
}

/** Why a worksheet is not read: nobody can tell what its ticks mean. */
type BrokenWorksheet =
  /** These lines are ticked and are no rows. */
  | { readonly kind: "no rows"; readonly lines: readonly number[] }
  /** This line can make a reader see something else than stands there. */
  | { readonly kind: "veiled"; readonly line: number; readonly what: string };

/** The first line of every row, from its start to its end as `start` writes it: text of the matrix stands below it. */
const row = /^- \[([ xX])\] `([a-z0-9-]+ -> [a-z0-9-]+)` in ([a-z0-9-, `]+), row `([0-9a-f]{32})`$/;

/** Any other line with a box that is ticked, however it is indented or quoted: whoever ticked it meant something. */
const ticked = /^[\s>]*(?:[-*+]|\d+[.)])[\s>]*\[[xX]\]/;

const heading = /^## (.+)$/;

/** A worksheet in Markdown. Only what every reader sees counts: what could hide a row is refused with the whole of it. */
export function readWorksheet(text: string): Worksheet | BrokenWorksheet {
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  for (const [index, content] of lines.entries()) {
    const what = veilIn(content, lines[index - 1]);
    if (what !== undefined) return { kind: "veiled", line: index + 1, what };
  }
  const broken = lines.flatMap((content, index) => (ticked.test(content) && !row.test(content) ? [index + 1] : []));
  if (broken.length > 0) return { kind: "no rows", lines: broken };
  const rows: WorksheetRow[] = [];
  let below: string | null = null;
  for (const [index, content] of lines.entries()) {
    below = heading.exec(content)?.[1]?.replaceAll("`", "") ?? below;
    const [, box, key, where, name] = row.exec(content) ?? [];
    if (key === undefined || where === undefined || name === undefined) continue;
    rows.push({
      name,
      key,
      where: where.replaceAll("`", ""),
      heading: below,
      isTicked: box !== " ",
      line: index + 1,
    });
  }
  return { rows };
}

/** What a line has that `start` never writes, and that can hide other lines or turn their meaning. */
function veilIn(line: string, previous: string | undefined): string | undefined {
  if (previous === undefined && /^(?:---|\+\+\+)\s*$/.test(line)) return "front matter";
  // `start` writes code as `<code>` where a code span cannot hold it; that shows what is inside.
  if (/<(?!\/?code>)[a-z!?/]/i.test(withoutCode(line, previous))) return "a comment or a tag";
  if (/^[\s>]*(?:(?:[-*+]|\d+[.)])\s+)*(?:`{3}|~{3}|\$\$)/.test(line)) return "the fence of a block of code";
  const [hidden] = line.replaceAll("\t", " ").match(hiddenCharacter) ?? [];
  return hidden === undefined ? undefined : `the hidden character ${showCharacter(hidden)}`;
}

/** A line without its code spans, where it is certain what they are: no span goes on from the line before. */
function withoutCode(line: string, previous: string | undefined): string {
  const isStart = /^ {0,2}- /.test(line) || (previous ?? "").trim() === "";
  return isStart && !/``|\\/.test(line) ? line.replaceAll(/`[^`]+`/g, "") : line;
}
