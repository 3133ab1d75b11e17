import type { Edit } from "./apply-edits.ts";
import type { TextLayout } from "./text-layout.ts";

/** An entry of a map or list in braces or brackets. */
export interface FlowEntry {
  readonly start: number;
  readonly end: number;
  readonly isKept: boolean;
}

/** New text, the comments above it, and the index of the entry that it goes before. */
export interface FlowAddition {
  readonly before: number;
  readonly text: string;
  readonly comments: readonly string[];
}

/** Entries in braces or brackets out of a text, and new ones into it. At least one entry stays. */
export function planFlow(
  layout: TextLayout,
  entries: readonly FlowEntry[],
  additions: readonly FlowAddition[],
): readonly Edit[] {
  const lastKept = entries.findLastIndex(({ isKept }) => isKept);
  const edits = [...removeBefore(layout, entries, lastKept), ...removeAfter(layout, entries, lastKept)];
  const atEnd: FlowAddition[] = [];
  for (const addition of additions) {
    const index = entries.findIndex(({ isKept }, i) => i >= addition.before && isKept);
    const next = entries[index];
    if (next === undefined) atEnd.push(addition);
    else edits.push({ start: next.start, end: next.start, text: before(layout, next, addition) });
  }
  const last = entries[lastKept];
  return last === undefined || atEnd.length === 0 ? edits : [...edits, ...append(layout, last, atEnd, edits)];
}

/** Each goes with what stands between it and the next, and with the comment lines above it, but not with those of the next. */
function removeBefore(layout: TextLayout, entries: readonly FlowEntry[], lastKept: number): readonly Edit[] {
  return entries.flatMap(({ start, isKept }, index): readonly Edit[] => {
    const next = entries[index + 1];
    if (isKept || index > lastKept || next === undefined) return [];
    const [own, other] = [ownLead(layout, start), ownLead(layout, next.start)];
    const isNextAlone = other !== undefined && (own !== undefined || other < layout.lineStart(next.start));
    return [{ start: own !== undefined && isNextAlone ? own : start, end: isNextAlone ? other : next.start, text: "" }];
  });
}

/** Where an entry stands at the start of a line: that line, or the first of the comment lines above it. */
function ownLead(layout: TextLayout, start: number): number | undefined {
  const lineStart = layout.lineStart(start);
  return layout.text.slice(lineStart, start).trim() === "" ? layout.leadStart(lineStart, Infinity, 0) : undefined;
}

/** Those at the end go with the comma before them, but comments of what stays do not. */
function removeAfter(layout: TextLayout, entries: readonly FlowEntry[], lastKept: number): readonly Edit[] {
  const [kept, last] = [entries[lastKept], entries.at(-1)];
  if (kept === undefined || last === undefined || kept === last) return [];
  const gap = layout.text.slice(kept.end, entries[lastKept + 1]?.start);
  if (!gap.includes("#")) return [{ start: kept.end, end: last.end, text: "" }];
  const firstGone = entries[lastKept + 1]?.start ?? last.start;
  const lead = ownLead(layout, firstGone);
  const comma = afterComma(layout, last.end) ?? last.end;
  const rest = layout.text.slice(comma, layout.lineEnd(comma)).trim();
  const isWhole = lead !== undefined && (rest === "" || rest.startsWith("#"));
  return [{ start: isWhole ? lead : firstGone, end: isWhole ? layout.nextLine(comma) : comma, text: "" }];
}

function before(layout: TextLayout, next: FlowEntry, { text, comments }: FlowAddition): string {
  const head = layout.text.slice(layout.lineStart(next.start), next.start);
  if (head.trim() === "") {
    const lineBreak = layout.eol + head;
    return [...comments, `${text},`].join(lineBreak) + lineBreak;
  }
  if (comments.length === 0) return `${text}, `;
  const lineBreak = layout.eol + deeper(head);
  return lineBreak + [...comments, `${text},`].join(lineBreak) + lineBreak;
}

/** After the last entry that stays. What stood behind it is gone by then, or a comma and comments. */
function append(
  layout: TextLayout,
  last: FlowEntry,
  additions: readonly FlowAddition[],
  edits: readonly Edit[],
): readonly Edit[] {
  const lineStart = layout.lineStart(last.start);
  const head = layout.text.slice(lineStart, last.start);
  const hasComments = additions.some(({ comments }) => comments.length > 0);
  const comma = afterComma(layout, last.end);
  const isCommaGone = comma === undefined || edits.some(({ start, end }) => start < comma && comma <= end);
  const comment = layout.text.slice(isCommaGone ? last.end : comma, layout.lineEnd(last.end));
  const isOwnLine = head.trim() === "" && !/\S/.test(comment.replace(/^\s*#.*$/, ""));
  if (!isOwnLine && !hasComments) {
    const text = additions.map((addition) => `, ${addition.text}`).join("");
    return [{ start: last.end, end: last.end, text }];
  }
  const indent = isOwnLine ? head : deeper(head);
  const lines = additions.flatMap(({ comments, text }, i) => [
    ...comments,
    i < additions.length - 1 || !isCommaGone ? `${text},` : text,
  ]);
  const body = lines.map((line) => layout.eol + indent + line).join("");
  const needsComma: readonly Edit[] = isCommaGone ? [{ start: last.end, end: last.end, text: "," }] : [];
  const at = isOwnLine ? layout.lineEnd(last.end) : isCommaGone ? last.end : comma;
  return [...needsComma, { start: at, end: at, text: body }];
}

function deeper(head: string): string {
  return `${/^\s*/.exec(head)?.[0] ?? ""}    `;
}

/** The place after the comma that follows an entry; undefined where none does. */
function afterComma(layout: TextLayout, end: number): number | undefined {
  let at = end;
  for (;;) {
    const character = layout.text[at];
    if (character === ",") return at + 1;
    if (character === "#") at = layout.lineEnd(at);
    else if (character !== undefined && /\s/.test(character)) at++;
    else return undefined;
  }
}
