import type { FoldedPair } from "./fold-reach.ts";
import type { Say } from "./say.ts";

/** Names of a path that are shown of a long one: those at its ends. */
const SHOWN_ENDS = 6;

/** `internet -> storefront -> billing`; the middle of a long path is counted. */
export function pathWords(path: readonly string[], say: Say, { verbose }: { readonly verbose: boolean }): string {
  const left = path.length - 2 * SHOWN_ENDS;
  const isFolded = !verbose && left > 1;
  const shown = isFolded
    ? [...path.slice(0, SHOWN_ENDS).map(say.name), `(${left} more)`, ...path.slice(-SHOWN_ENDS).map(say.name)]
    : path.map(say.name);
  return shown.join(" -> ");
}

/** A pair by its path, and whether it ends at something sensitive. */
export function pairWords(pair: FoldedPair, say: Say, look: { readonly verbose: boolean }): string {
  const path = pair.path.length < 2 ? [pair.from, pair.to] : pair.path;
  return `${pathWords(path, say, look)}${pair.sensitive ? " (sensitive)" : ""}`;
}
