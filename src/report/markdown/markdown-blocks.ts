import { count } from "../../words/enumerate-words.ts";
import { markdownTable } from "./markdown-table.ts";
import type { Block } from "./fit-blocks.ts";

/** The cells of each row, made when they are wanted. */
export type Rows = readonly (() => readonly string[])[];

const DIFF_ALL = "matrix diff -v";

/** Lines that stay. */
export function fixedBlock(lines: readonly string[]): Block {
  return { before: lines, rows: [], after: [], left: () => [] };
}

/** A table, under its heading where it has one; none where it has no rows. */
export function tableBlock(
  heading: string | null,
  header: readonly string[],
  rows: Rows,
  noun: string,
  all = DIFF_ALL,
): readonly Block[] {
  return tableBetween(heading === null ? [] : [heading, ""], [""], { header, rows, left: leftOut(noun, all) });
}

/** A table that is folded away behind a few words until somebody asks for it; none where it has no rows. */
export function hiddenBlock(
  summary: string,
  header: readonly string[],
  rows: Rows,
  noun: string,
  all = DIFF_ALL,
): readonly Block[] {
  const before = ["<details>", `<summary>${summary}</summary>`, ""];
  return tableBetween(before, ["", "</details>", ""], { header, rows, left: leftOut(noun, all) });
}

function tableBetween(
  before: readonly string[],
  after: readonly string[],
  table: { readonly header: readonly string[]; readonly rows: Rows; readonly left: Block["left"] },
): readonly Block[] {
  const { header, rows, left } = table;
  if (rows.length === 0) return [];
  return [{ before: [...before, ...markdownTable(header, [])], rows: rows.map(lineOf), after, left }];
}

function lineOf(row: () => readonly string[]): () => string {
  return () => markdownTable([], [row()]).at(-1) ?? "";
}

/** @param all the command that lists all of them */
export function leftOut(noun: string, all: string): Block["left"] {
  return (number) => [`${count(number, `more ${noun}`)} did not fit: \`${all}\` lists all.`, ""];
}
