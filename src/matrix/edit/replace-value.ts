import { isCollection, isScalar, type Node } from "yaml";
import type { Data, DataPath } from "../text/parsed-file.ts";
import type { Edit } from "./apply-edits.ts";
import { isEmpty, type TextLayout } from "./text-layout.ts";
import { staysInline, type Style, writeBlock, writeInline } from "./write-value.ts";

/** Where a value stands. */
export type Slot =
  /** Behind the key of a block map, whose entries start at a column. */
  | { readonly kind: "pair"; readonly colon: number; readonly column: number }
  /** Behind the dash of a block list. */
  | { readonly kind: "item"; readonly dashEnd: number; readonly column: number }
  /** Inside braces or brackets; `colon` is undefined where a key has none, and in a list. */
  | { readonly kind: "flow"; readonly keyEnd: number; readonly colon: number | undefined }
  | { readonly kind: "root" };

/** Edits, and whether an anchor of the old value now stands before the new one. */
export interface Replacement {
  readonly edits: readonly Edit[];
  readonly keepsAnchor: boolean;
}

/** Another value in the place of one. */
export function replaceValue(
  layout: TextLayout,
  slot: Slot,
  node: Node | null,
  { path, value, style }: { path: DataPath; value: Data; style: Style },
): Replacement {
  if (slot.kind === "flow") return replaceInFlow(layout, slot, node, writeInline(value, style, true));
  const start = node?.range?.[0] ?? 0;
  const end = node === null ? start : layout.endOf(node);
  if (slot.kind === "root") {
    const text = writeBlock(path, value, 0, style).join(layout.eol);
    return dropAnchor({ start, end, text });
  }
  const column = slot.kind === "pair" ? slot.column + 2 : slot.column + 2;
  const inline = writeInline(value, style);
  const isInline = staysInline(path, value, column + String(path.at(-1)).length + inline.length, style);
  if (slot.kind === "item") {
    const lines = isInline ? [inline] : writeBlock(path, value, column, style);
    return dropAnchor({ start: slot.dashEnd, end, text: ` ${lines.join(layout.eol + " ".repeat(column))}` });
  }
  const block = isInline ? undefined : indented(writeBlock(path, value, column, style), column, layout);
  return replaceInPair(layout, slot.colon, node, block === undefined ? { inline } : { block });
}

function indented(lines: readonly string[], column: number, { eol }: TextLayout): string {
  return lines.map((line) => eol + " ".repeat(column) + line).join("");
}

/** New text behind a key: on its line, or on the lines below it. */
type NewText =
  | { readonly inline: string; readonly block?: undefined }
  | { readonly block: string; readonly inline?: undefined };

export function replaceInPair(
  layout: TextLayout,
  colon: number,
  node: Node | null,
  { inline, block }: NewText,
): Replacement {
  const keyLineEnd = layout.lineEnd(colon);
  if (node === null || isEmpty(node)) {
    const properties = /^[ \t]*(?:[&!]\S*[ \t]*)*/.exec(layout.text.slice(colon, keyLineEnd))?.[0].trimEnd() ?? "";
    return inline === undefined
      ? dropAnchor(
          { start: colon, end: colon + properties.length, text: "" },
          { start: keyLineEnd, end: keyLineEnd, text: block },
        )
      : dropAnchor({ start: colon, end: colon + properties.length, text: ` ${inline}` });
  }
  const start = node.range?.[0] ?? colon;
  const end = layout.endOf(node);
  const gap = layout.text.slice(colon, start);
  const isBlock = isCollection(node) && node.flow !== true;
  if (inline !== undefined && !isBlock && !/!/.test(gap) && gap !== "") {
    return { edits: [{ start, end, text: inline }], keepsAnchor: true };
  }
  if (!gap.includes("\n")) {
    if (inline !== undefined) return dropAnchor({ start: colon, end, text: ` ${inline}` });
    const lineEnd = layout.lineEnd(end);
    return dropAnchor({ start: colon, end, text: "" }, { start: lineEnd, end: lineEnd, text: block });
  }
  // The value starts below its key, whose line may have a comment.
  const properties = /^[ \t]*(?:[&!]\S*[ \t]*)*/.exec(layout.text.slice(colon, keyLineEnd))?.[0].trimEnd() ?? "";
  return dropAnchor(
    { start: colon, end: colon + properties.length, text: inline === undefined ? "" : ` ${inline}` },
    { start: keyLineEnd, end: layout.lineEnd(end), text: block ?? "" },
  );
}

function replaceInFlow(
  { text }: TextLayout,
  { keyEnd, colon }: Slot & { readonly kind: "flow" },
  node: Node | null,
  inline: string,
): Replacement {
  if (node === null || isEmpty(node)) {
    if (colon === undefined) return dropAnchor({ start: keyEnd, end: keyEnd, text: `: ${inline}` });
    const properties = /^\s*[&!][^\s,{}[\]]*(?:\s+[&!][^\s,{}[\]]*)*/.exec(text.slice(colon))?.[0] ?? "";
    return dropAnchor({ start: colon, end: colon + properties.length, text: ` ${inline}` });
  }
  const [start = 0, end = 0] = node.range ?? [];
  const gap = text.slice(colon ?? keyEnd, start);
  if (colon !== undefined && gap.includes("!")) return dropAnchor({ start: colon, end, text: ` ${inline}` });
  return { edits: [{ start, end, text: inline }], keepsAnchor: isScalar(node) || isCollection(node) };
}

function dropAnchor(...edits: readonly Edit[]): Replacement {
  return { edits, keepsAnchor: false };
}
