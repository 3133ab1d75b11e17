import { isMap, type YAMLMap, type YAMLSeq } from "yaml";
import type { Slot } from "./replace-value.ts";
import type { Entry } from "./rewrite-node.ts";
import type { TextLayout, YamlPair } from "./text-layout.ts";

/** Where an entry stands: from its key, its dash or its value on; and where its value stands, undefined where it has no place. */
export interface Placed {
  readonly start: number;
  readonly end: number;
  readonly slot: Slot | undefined;
  /** False for a key in braces that has none. */
  readonly hasColon: boolean;
}

/** Where the entries of a map or list stand. */
export interface Layout {
  readonly placed: readonly Placed[];
  /** Of the entries of a block. */
  readonly column: number;
  /** Whether the first entry of a block stands behind a dash. */
  readonly isFirstInline: boolean;
  /** Whether it is written in a way in which entries cannot come and go: `? key`, pairs without braces. */
  readonly isOdd: boolean;
}

/** Anchors and tags in front of a key or value. */
const properties = /(?:[&!][^\s,{}[\]]*\s+)+$/;

export function layOut(layout: TextLayout, node: YAMLMap | YAMLSeq, entries: readonly Entry[]): Layout {
  if (node.flow === true) return layOutFlow(layout, node, entries);
  return isMap(node) ? layOutMap(layout, entries) : layOutList(layout, node, entries);
}

function layOutFlow(layout: TextLayout, node: YAMLMap | YAMLSeq, entries: readonly Entry[]): Layout {
  const { text } = layout;
  const open = node.range?.[0] ?? 0;
  let isOdd = isMap(node) && text[open] !== "{";
  let last = open + 1;
  const placed = entries.map(({ key, value }): Placed => {
    const own = (key ?? value)?.range?.[0] ?? last;
    const head = text.slice(last, own);
    if (/\?\s+$/.test(head.replace(properties, ""))) isOdd = true;
    const start = own - (properties.exec(head)?.[0].length ?? 0);
    const end = key === null ? (value?.range?.[1] ?? own) : layout.pairEnd({ key, value } as YamlPair);
    last = end;
    const keyEnd = key?.range?.[1] ?? own;
    const colon = key === null ? undefined : layout.afterColon(keyEnd);
    return { start, end, slot: { kind: "flow", keyEnd, colon }, hasColon: colon !== undefined };
  });
  return { placed, column: 0, isFirstInline: false, isOdd };
}

function layOutMap(layout: TextLayout, entries: readonly Entry[]): Layout {
  const firstStart = entries[0]?.key?.range?.[0] ?? 0;
  const firstHead = layout.text.slice(layout.lineStart(firstStart), firstStart);
  const isFirstInline = /-\s+$/.test(firstHead);
  const column = isFirstInline ? firstHead.length : firstHead.replace(properties, "").length;
  let isOdd = false;
  const placed = entries.map(({ key, value }, index): Placed => {
    const [own = 0, keyEnd = 0] = key?.range ?? [];
    const head = layout.text.slice(layout.lineStart(own), own).replace(properties, "");
    const start = index === 0 && isFirstInline ? own : layout.lineStart(own) + column;
    if (!(index === 0 && isFirstInline) && (head.trim() !== "" || head.length !== column)) isOdd = true;
    const colon = layout.afterColon(keyEnd);
    const slot: Slot | undefined = colon === undefined ? undefined : { kind: "pair", colon, column };
    return { start, end: layout.pairEnd({ key, value } as YamlPair), slot, hasColon: colon !== undefined };
  });
  return { placed, column, isFirstInline, isOdd };
}

function layOutList(layout: TextLayout, node: YAMLSeq, entries: readonly Entry[]): Layout {
  const firstDash = node.range?.[0] ?? 0;
  const firstHead = layout.text.slice(layout.lineStart(firstDash), firstDash);
  const column = firstHead.length;
  const placed = entries.map(({ value }, index): Placed => {
    const own = value?.range?.[0] ?? firstDash;
    const dash = index === 0 ? firstDash : findDash(layout, own, column);
    const end = value === null ? own : Math.max(dash + 1, layout.endOf(value));
    return { start: dash, end, slot: { kind: "item", dashEnd: dash + 1, column }, hasColon: true };
  });
  return { placed, column, isFirstInline: firstHead.trim() !== "", isOdd: false };
}

/** The dash of an item, which may stand lines above it. */
function findDash(layout: TextLayout, item: number, column: number): number {
  let lineStart = layout.lineStart(item);
  while (lineStart > 0 && !(layout.text[lineStart + column] === "-" && layout.isBlankTo(lineStart, column))) {
    lineStart = layout.lineStart(lineStart - 1);
  }
  return lineStart + column;
}
