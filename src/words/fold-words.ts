import { enumerateWords } from "./enumerate-words.ts";

/** How many words of a list are shown where it is folded. */
const SHOWN = 3;

export interface Folding {
  /** Whether all words are shown. */
  readonly verbose: boolean;
  /** What to say of how to see all. */
  readonly hint?: string;
}

/** What the hint is where `-v` shows all. */
export const VERBOSE_HINT = "; -v lists all";

/** A list that is cut where it is long: `a, b, c and 177 more; -v lists all`. */
export function foldWords(words: readonly string[], { verbose, hint = "" }: Folding): string {
  // One word takes no more room than to say that there is one more.
  if (verbose || words.length <= SHOWN + 1) return enumerateWords(words, "and");
  return `${words.slice(0, SHOWN).join(", ")} and ${words.length - SHOWN} more${hint}`;
}
