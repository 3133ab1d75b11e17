import { foldWords } from "../../words/fold-words.ts";

/** More than are shown of any folded list. */
const ENOUGH = 8;

/** Things by their names, folded where they are many: `a, b, c and 177 more`. Only those that are shown are encoded. */
export function foldNames<T>(things: readonly T[], nameOf: (thing: T) => string): string {
  return foldWords(
    things.map((thing, i) => (i < ENOUGH ? nameOf(thing) : "")),
    { verbose: false },
  );
}
