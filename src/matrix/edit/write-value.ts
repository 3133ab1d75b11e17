import { compareEdges } from "../format/compare-edges.ts";
import type { Data, DataPath } from "../text/parsed-file.ts";
import { type DataMap, isDataList, isDataMap } from "./equal-data.ts";
import { compareSections } from "./place-keys.ts";
import { quote, writeScalar } from "./write-scalar.ts";

/** In columns. A new value that is longer is written over several lines. */
export const MAX_WIDTH = 100;

/** How new text looks. */
export interface Style {
  /** Whether the text is JSON, and must stay so. */
  readonly isJson: boolean;
  /** Comment lines, without `# `, above the new pair or item at a path. */
  readonly commentsAt: (path: DataPath) => readonly string[];
}

/** Sections that hold one line for each entry. */
const listings = new Set([
  "owners",
  "environments",
  "services",
  "callers",
  "sets",
  "trust",
  "inherited",
  "rules",
  "exceptions",
]);

/** A value on one line. */
export function writeInline(value: Data, style: Style, inFlow = false): string {
  if (isDataList(value)) {
    return value.length === 0 ? "[]" : `[${value.map((item) => writeInline(item, style, true)).join(", ")}]`;
  }
  if (isDataMap(value)) {
    const pairs = Object.entries(value).map(([key, each]) => writeInlinePair(key, each, style, true));
    return pairs.length === 0 ? "{}" : `{ ${pairs.join(", ")} }`;
  }
  return style.isJson && typeof value === "string" ? quote(value, true) : writeScalar(value, inFlow);
}

export function writeInlinePair(key: string, value: Data, style: Style, inFlow: boolean): string {
  return `${writeKey(key, style, inFlow)}: ${writeInline(value, style, inFlow)}`;
}

/** Comment lines as they stand in a file. A line break inside of one makes two. */
export function writeComments(path: DataPath, style: Style): readonly string[] {
  return style.commentsAt(path).flatMap((comment) => comment.split(/[\r\n]+/).map((line) => `# ${line}`.trimEnd()));
}

/** The lines of a new pair with the comments above it, without the indentation of the map that it goes into. */
export function writePair(path: DataPath, value: Data, column: number, style: Style): readonly string[] {
  const key = String(path.at(-1));
  const comments = writeComments(path, style);
  const inline = writeInlinePair(key, value, style, false);
  if (staysInline(path, value, column + inline.length, style)) return [...comments, inline];
  return [...comments, `${writeKey(key, style, false)}:`, ...writeBlock(path, value, column + 2, style).map(indent)];
}

/** The lines of a new list item, from its dash on. */
export function writeItem(path: DataPath, value: Data, column: number, style: Style): readonly string[] {
  const comments = writeComments(path, style);
  const inline = `- ${writeInline(value, style)}`;
  if (staysInline(path, value, column + inline.length, style)) return [...comments, inline];
  const lines = writeBlock(path, value, column + 2, style);
  return [...comments, ...lines.map((line, index) => (index === 0 ? `- ${line}` : indent(line)))];
}

/** The lines of a map or list that is not empty, one entry after the other, without indentation. */
export function writeBlock(path: DataPath, value: Data, column: number, style: Style): readonly string[] {
  if (isDataList(value) && value.length > 0)
    return value.flatMap((item, index) => writeItem([...path, index], item, column, style));
  if (!isDataMap(value) || Object.keys(value).length === 0) return [writeInline(value, style)];
  return orderedKeys(path, value).flatMap((key, index) => {
    const lines = writePair([...path, key], value[key] ?? null, column, style);
    return path.length === 0 && index > 0 ? ["", ...lines] : lines;
  });
}

/** Whether a new value goes on one line. A value that holds no others always does. */
export function staysInline(path: DataPath, value: Data, width: number, style: Style): boolean {
  if (style.isJson || typeof value !== "object" || value === null || Object.keys(value).length === 0) return true;
  const isListing = path.length === 1 && listings.has(String(path[0]));
  return path.length > 0 && !isListing && width <= MAX_WIDTH && !hasComments(path, value, style);
}

/** Whether anything inside a new value gets a comment. */
function hasComments(path: DataPath, value: Data, style: Style): boolean {
  if (typeof value !== "object" || value === null) return false;
  const entries: readonly (readonly [string | number, Data])[] = isDataList(value)
    ? value.map((item, index) => [index, item] as const)
    : Object.entries(value);
  return entries.some(([step, each]) => {
    const inner = [...path, step];
    return style.commentsAt(inner).length > 0 || hasComments(inner, each, style);
  });
}

function orderedKeys(path: DataPath, value: DataMap): readonly string[] {
  const keys = Object.keys(value);
  if (path.length === 0) return keys.sort(compareSections);
  return path.length === 1 && path[0] === "trust" ? keys.sort(compareEdges) : keys;
}

function writeKey(key: string, style: Style, inFlow: boolean): string {
  return style.isJson ? quote(key, true) : writeScalar(key, inFlow);
}

function indent(line: string): string {
  return line === "" ? line : `  ${line}`;
}
