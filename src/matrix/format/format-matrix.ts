import { isMap, isScalar, type Node, type Pair, parseDocument, type YAMLMap } from "yaml";
import { canonicalJson } from "../../words/canonical-json.ts";
import { parseYaml } from "../text/parse-yaml.ts";
import { sourceText, spanOf } from "../text/source-text.ts";
import { compareEdges } from "./compare-edges.ts";
import { type Pins, pinNames } from "./pin-names.ts";

/**
 * A file of a matrix in its canonical order: trust by callee, then caller. Every line keeps its text; comments and
 * blank lines move with the edge that they stand above. The text must be right YAML. A trust map written in braces
 * stays as it is, and so does one whose edges cannot change places.
 * @param pins names to write out, by service
 */
export function formatMatrix(text: string, pins: Pins = new Map()): string {
  const pinned = pins.size === 0 ? text : pinNames(text, pins);
  const { contents } = parseDocument(pinned, { version: "1.2", uniqueKeys: false, merge: false });
  const trust = isMap(contents) ? contents.get("trust", true) : undefined;
  const sorted = isMap(trust) && trust.flow !== true ? sortEdges(pinned, trust) : pinned;
  // An anchor must stay above its aliases, and there may be more that binds lines together.
  const ordered = sorted === pinned || meaning(sorted) === meaning(pinned) ? sorted : pinned;
  return ordered === "" || ordered.endsWith("\n") ? ordered : `${ordered}\n`;
}

/** The data of a text, whatever the order of its keys; undefined where it is not YAML. */
function meaning(text: string): string | undefined {
  const { file } = parseYaml(sourceText("", text));
  return file === undefined ? undefined : canonicalJson(file.data);
}

/** An edge and the lines that belong to it. */
interface Block {
  readonly key: string;
  readonly lines: readonly string[];
}

function sortEdges(text: string, trust: YAMLMap): string {
  const lines = text.split("\n");
  const source = sourceText("", text);
  const lineOf = (offset: number): number => spanOf(source, offset, offset).line - 1;
  const pairs = trust.items as Pair<Node | null, Node | null>[];
  const starts = pairs.map(({ key }) => lineOf(rangeStart(key)));
  // Several edges on one line, or a key without a place: nothing to move safely.
  if (starts.some((start, index) => index > 0 && start <= (starts[index - 1] ?? 0))) return text;
  const first = starts[0];
  if (first === undefined) return text;
  const indent = indentOf(lines[first] ?? "");
  const ends = pairs.map((pair, index) =>
    contentEnd(pair, starts[index] ?? 0, lines, lineOf, indent, starts[index + 1] ?? lines.length),
  );
  const header = headerEnd(lines, first);
  const blocks = pairs.map(({ key }, index): Block => ({
    key: isScalar(key) ? String(key.value) : "",
    lines: lines.slice(index === 0 ? header : (ends[index - 1] ?? 0), ends[index]),
  }));
  const sorted = blocks
    .map((block, index) => ({ block, index }))
    .sort((a, b) => compareEdges(a.block.key, b.block.key) || a.index - b.index);
  return [...lines.slice(0, header), ...sorted.flatMap(({ block }) => block.lines), ...lines.slice(ends.at(-1))].join(
    "\n",
  );
}

/** The line from which comments belong to the first edge: those above a blank line belong to the map. */
function headerEnd(lines: readonly string[], first: number): number {
  let start = first;
  while (start > 0 && isComment(lines[start - 1] ?? "")) start--;
  return start;
}

/** The line after the last one that belongs to an edge: its value, and comments that are indented deeper than edges are. */
function contentEnd(
  pair: Pair<Node | null, Node | null>,
  start: number,
  lines: readonly string[],
  lineOf: (offset: number) => number,
  indent: number,
  limit: number,
): number {
  const last = pair.value?.range?.[1];
  let end = Math.max(start, last === undefined ? start : lineOf(Math.max(0, last - 1))) + 1;
  while (end < limit && isComment(lines[end] ?? "") && indentOf(lines[end] ?? "") > indent) end++;
  return end;
}

function isComment(line: string): boolean {
  return /^\s*#/.test(line);
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

function rangeStart(node: Node | null): number {
  return node?.range?.[0] ?? 0;
}
