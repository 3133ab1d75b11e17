import type { Edit } from "./apply-edits.ts";
import type { TextLayout } from "./text-layout.ts";

/** An entry of a map or list in block style. */
export interface BlockEntry {
  /** Of its key, or of its dash. */
  readonly start: number;
  readonly end: number;
  readonly isKept: boolean;
}

/** New lines, without indentation, and the index of the entry that they go before. */
export interface Addition {
  readonly before: number;
  readonly lines: readonly string[];
}

/** The lines that an entry takes, with the comments directly above it. */
interface Stretch {
  readonly lead: number;
  readonly after: number;
  readonly isKept: boolean;
}

/**
 * Entries of a block out of a text, and new ones into it.
 * @param column of the entries
 * @param isFirstInline whether the first entry stands behind a dash
 * @param isSection whether entries are the sections of a file, with a blank line between them
 */
export function planBlock(
  layout: TextLayout,
  entries: readonly BlockEntry[],
  additions: readonly Addition[],
  { column, isFirstInline, isSection }: { column: number; isFirstInline: boolean; isSection: boolean },
): readonly Edit[] {
  const stretches: Stretch[] = [];
  for (const [index, { start, end, isKept }] of entries.entries()) {
    const lineStart = layout.lineStart(start);
    const limit = stretches.at(-1)?.after ?? 0;
    const lead = index === 0 && isFirstInline ? start : layout.leadStart(lineStart, column, limit);
    stretches.push({ lead, after: layout.afterEnd(end, column), isKept });
  }
  const isSpaced = isSection || areSpaced(layout, stretches);
  const firstKept = entries.findIndex(({ isKept }) => isKept);
  const isFirstMoved = isFirstInline && firstKept > 0;
  const edits: Edit[] = [];
  if (isFirstMoved) edits.push(...moveBehindDash(layout, entries, stretches, firstKept));
  for (const [index, { isKept, lead, after }] of stretches.entries()) {
    if (isKept || (isFirstMoved && index < firstKept)) continue;
    edits.push({ start: removalStart(layout, lead, after, stretches[index - 1]?.after), end: after, text: "" });
  }
  const indent = " ".repeat(column);
  for (const { before, lines } of additions) {
    const at = additionPlace(stretches, before);
    const isBehindDash = isFirstInline && (before === 0 || (isFirstMoved && before <= firstKept));
    const text = lines.map((line) => (line === "" ? "" : indent + line)).join(layout.eol) + layout.eol;
    if (isBehindDash) {
      edits.push({ start: entries[0]?.start ?? at, end: entries[0]?.start ?? at, text: text.slice(column) + indent });
    } else
      edits.push({ start: at, end: at, text: isSpaced ? spaced(layout, at, text, before < entries.length) : text });
  }
  return edits;
}

function additionPlace(stretches: readonly Stretch[], before: number): number {
  return stretches[before]?.lead ?? stretches.at(-1)?.after ?? 0;
}

/** A blank line goes between entries that have one. */
function spaced(layout: TextLayout, at: number, text: string, hasNext: boolean): string {
  if (hasNext) return text + layout.eol;
  return layout.eol + text + (layout.isBlank(at) ? "" : layout.eol);
}

function areSpaced(layout: TextLayout, stretches: readonly Stretch[]): boolean {
  return stretches.length > 1 && stretches.every(({ after }, i) => i === stretches.length - 1 || layout.isBlank(after));
}

/** Where blank lines stand above and below what goes, those above go with it. */
function removalStart(layout: TextLayout, lead: number, after: number, limit: number | undefined): number {
  return limit !== undefined && layout.isBlank(after) ? layout.blankStart(lead, limit) : lead;
}

/** The first entry that stays goes behind the dash; the comments above it go above the dash. */
function moveBehindDash(
  layout: TextLayout,
  entries: readonly BlockEntry[],
  stretches: readonly Stretch[],
  firstKept: number,
): readonly Edit[] {
  const [first, kept, stretch] = [entries[0], entries[firstKept], stretches[firstKept]];
  if (first === undefined || kept === undefined || stretch === undefined) return [];
  const lineStart = layout.lineStart(first.start);
  const dashIndent = /^\s*/.exec(layout.line(lineStart))?.[0] ?? "";
  const comments = layout.text
    .slice(stretch.lead, layout.lineStart(kept.start))
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => `${dashIndent}${line.trim()}${layout.eol}`);
  return [
    { start: lineStart, end: lineStart, text: comments.join("") },
    { start: first.start, end: kept.start, text: "" },
  ];
}
