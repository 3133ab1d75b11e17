import { hiddenCharacter, showCharacter } from "../hidden-characters.ts";
import { displayWidth } from "./display-width.ts";

/** What a terminal shows for a stretch of a line. */
export interface Cell {
  /** Where it starts and ends in the line, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly width: number;
}

const TAB = " ".repeat(4);

// oxlint-disable-next-line no-control-regex
const plain = /^[\x20-\x7e]*$/;

/** The cells of a part of a line that starts at an offset: graphemes, tabs as spaces, hidden characters by number. */
export function toCells(text: string, offset: number): readonly Cell[] {
  const cells: Cell[] = [];
  let start = offset;
  const add = (source: string, shown: string, width: number): void => {
    cells.push({ start, end: start + source.length, text: shown, width });
    start += source.length;
  };
  let seen = 0;
  for (const { 0: hidden, index } of text.matchAll(hiddenCharacter)) {
    addGraphemes(text.slice(seen, index), add);
    const shown = hidden === "\t" ? TAB : showCharacter(hidden);
    add(hidden, shown, shown.length);
    seen = index + hidden.length;
  }
  addGraphemes(text.slice(seen), add);
  return cells;
}

function addGraphemes(text: string, add: (source: string, shown: string, width: number) => void): void {
  // Most lines need no Unicode tables, and loading those takes as long as reading a matrix.
  if (plain.test(text)) {
    for (const character of text) add(character, character, 1);
    return;
  }
  // Where graphemes end is the same in every locale.
  // oxlint-disable-next-line no-restricted-globals
  const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });
  for (const { segment } of graphemes.segment(text)) add(segment, segment, displayWidth(segment));
}
