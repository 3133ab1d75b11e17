import { isMap, type Node, type YAMLMap, type YAMLSeq } from "yaml";
import { applyEdits } from "./apply-edits.ts";
import { equalData } from "./equal-data.ts";
import { type Layout, layOut, type Placed } from "./lay-out.ts";
import { planBlock } from "./plan-block.ts";
import { planFlow } from "./plan-flow.ts";
import { replaceInPair, type Slot } from "./replace-value.ts";
import type { Change, Entry, NewEntry, NodeRewriter } from "./rewrite-node.ts";
import { MAX_WIDTH, writeComments, writeInline, writeInlinePair, writeItem, writePair } from "./write-value.ts";

/**
 * Rewrites a map or list entry by entry.
 * @returns false, and nothing is done, where it must be written anew as a whole
 */
export function rewriteEntries(
  rewriter: NodeRewriter,
  node: YAMLMap | YAMLSeq,
  change: Change,
  entries: readonly Entry[],
  additions: readonly NewEntry[],
): boolean {
  const isMoved = additions.length > 0 || entries.some(({ after }) => after === undefined);
  if (isMoved && !entries.some(({ after }) => after !== undefined)) return false;
  const layout = layOut(rewriter.layout, node, entries);
  if (isMoved && layout.isOdd) return false;
  const isStuck = entries.some(
    ({ before, after }, i) => layout.placed[i]?.slot === undefined && after !== undefined && !equalData(before, after),
  );
  if (isStuck) return false;
  const mark = rewriter.edits.length;
  for (const [index, { value, step, before, after, isMerge }] of entries.entries()) {
    const slot = layout.placed[index]?.slot;
    if (after === undefined || isMerge || slot === undefined) continue;
    rewriter.rewrite({ node: value, before, after, path: [...change.path, step], slot });
  }
  if (!isMoved) return true;
  if (node.flow !== true) moveInBlock(rewriter, node, change, entries, additions, layout);
  else if (mustUnfold(rewriter, node, change, additions))
    unfold(rewriter, { node, change, entries, additions, placed: layout.placed, mark });
  else moveInFlow(rewriter, node, change, entries, additions, layout.placed);
  return true;
}

function moveInBlock(
  { layout, style, edits }: NodeRewriter,
  node: YAMLMap | YAMLSeq,
  { path }: Change,
  entries: readonly Entry[],
  additions: readonly NewEntry[],
  { placed, column, isFirstInline }: Layout,
): void {
  const write = isMap(node) ? writePair : writeItem;
  edits.push(
    ...planBlock(
      layout,
      placed.map(({ start, end }, index) => ({ start, end, isKept: entries[index]?.after !== undefined })),
      additions.map(({ step, value, before }) => ({
        before,
        lines: write([...path, step], value, column, style),
      })),
      { column, isFirstInline, isSection: path.length === 0 },
    ),
  );
}

function moveInFlow(
  { layout, style, edits }: NodeRewriter,
  node: YAMLMap | YAMLSeq,
  { path }: Change,
  entries: readonly Entry[],
  additions: readonly NewEntry[],
  placed: readonly Placed[],
): void {
  edits.push(
    ...planFlow(
      layout,
      placed.map(({ start, end }, index) => ({ start, end, isKept: entries[index]?.after !== undefined })),
      additions.map(({ step, value, before }) => ({
        before,
        text: isMap(node) ? writeInlinePair(String(step), value, style, true) : writeInline(value, style, true),
        comments: writeComments([...path, step], style),
      })),
    ),
  );
}

/** A map in braces on one line goes over several lines where it becomes too long, or where an entry needs a comment. */
function mustUnfold(
  { layout, style }: NodeRewriter,
  node: Node,
  { path, slot }: Change,
  additions: readonly NewEntry[],
): boolean {
  const [start = 0, end = 0] = node.range ?? [];
  if (slot.kind === "flow" || slot.kind === "root" || node.anchor !== undefined || style.isJson) return false;
  if (!isMap(node) || layout.text.slice(start, end).includes("\n")) return false;
  const width = layout.line(layout.lineStart(start)).length;
  const inline = additions.map(({ step, value }) => writeInlinePair(String(step), value, style, true).length + 2);
  const isTooWide = width <= MAX_WIDTH && inline.reduce((sum, each) => sum + each, width) > MAX_WIDTH;
  return isTooWide || additions.some(({ step, value }) => needsLines([...path, step], value, { layout, style }));
}

function needsLines(
  path: Change["path"],
  value: NewEntry["value"],
  { style }: Pick<NodeRewriter, "layout" | "style">,
): boolean {
  return writePair(path, value, 0, style).some((line) => line.trimStart().startsWith("# "));
}

interface Unfolding {
  readonly node: Node;
  readonly change: Change;
  readonly entries: readonly Entry[];
  readonly additions: readonly NewEntry[];
  readonly placed: readonly Placed[];
  /** From where on edits are those of the entries. */
  readonly mark: number;
}

function unfold(rewriter: NodeRewriter, { node, change, entries, additions, placed, mark }: Unfolding): void {
  const { layout, style, edits } = rewriter;
  const inner = edits.splice(mark);
  const column = columnInside(change.slot);
  const written = (index: number): readonly string[] =>
    additions
      .filter(({ before }) => before === index)
      .flatMap(({ step, value }) => writePair([...change.path, step], value, column, style));
  const lines = [
    ...placed.flatMap(({ start, end, hasColon }, index) => {
      const within = inner.filter((edit) => edit.start >= start && edit.end <= end);
      const text = applyEdits(layout.text, within, start, end);
      return [...written(index), ...(entries[index]?.after === undefined ? [] : [hasColon ? text : `${text}:`])];
    }),
    ...written(placed.length),
  ];
  const indent = layout.eol + " ".repeat(column);
  if (change.slot.kind === "item") {
    const [start, end] = [change.slot.dashEnd, node.range?.[1] ?? 0];
    edits.push({ start, end, text: ` ${lines.join(indent)}` });
  } else if (change.slot.kind === "pair") {
    const block = lines.map((line) => indent + line).join("");
    edits.push(...replaceInPair(layout, change.slot.colon, node, { block }).edits);
  }
}

function columnInside(slot: Slot): number {
  return slot.kind === "pair" || slot.kind === "item" ? slot.column + 2 : 0;
}
