/** A line that goes or comes, with its number in the text that has it, from 1. */
export interface ChangedLine {
  readonly sign: "-" | "+";
  readonly number: number;
  readonly text: string;
}

/** So far ahead the two texts are searched for the next line that they share. */
const MAX_AHEAD = 400;

/** The lines in which two versions of a text differ. Meant for few changes in a long text. */
export function changedLines(before: string, after: string): readonly ChangedLine[] {
  const [old, now] = [before.split(/\r?\n/), after.split(/\r?\n/)];
  const changed: ChangedLine[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) [i, j] = [i + 1, j + 1];
    else {
      const [gone, come] = nextShared(old.slice(i, i + MAX_AHEAD), now.slice(j, j + MAX_AHEAD));
      for (let k = i; k < i + gone; k++) changed.push({ sign: "-", number: k + 1, text: old[k] ?? "" });
      for (let k = j; k < j + come; k++) changed.push({ sign: "+", number: k + 1, text: now[k] ?? "" });
      [i, j] = [i + gone, j + come];
    }
  }
  return changed;
}

/** How many lines go and come until both texts have the same line: as few as can be. A blank line alone is no sign of it. */
function nextShared(old: readonly string[], now: readonly string[]): readonly [number, number] {
  for (let sum = 1; sum < old.length + now.length; sum++) {
    for (let gone = Math.min(sum, old.length - 1); gone >= 0 && sum - gone < now.length; gone--) {
      const come = sum - gone;
      const isShared = old[gone] === now[come];
      if (isShared && (old[gone]?.trim() !== "" || old[gone + 1] === now[come + 1])) return [gone, come];
    }
  }
  return [old.length, now.length];
}
