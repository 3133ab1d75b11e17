import { compareText } from "../../words/compare-text.ts";
import { compareEdges } from "../format/compare-edges.ts";
import type { DataPath } from "../text/parsed-file.ts";

/** The top-level keys, in the order of docs/language.md. */
const sections = [
  "version",
  "include",
  "owners",
  "sensitive",
  "environments",
  "terraform",
  "defaults",
  "services",
  "callers",
  "sets",
  "trust",
  "inherited",
  "rules",
  "exceptions",
  "lint",
];

type Compare = (a: string, b: string) => number;

/** Others, those that start with `x-` among them, come last and in their own order. */
export function compareSections(a: string, b: string): number {
  return rankOf(a) - rankOf(b);
}

function rankOf(section: string): number {
  const rank = sections.indexOf(section);
  return rank === -1 ? sections.length : rank;
}

/** A new key, and the index of the key that it goes before; the number of keys where it goes to the end. */
export interface Placed {
  readonly key: string;
  readonly before: number;
}

/**
 * Where new keys go in a map: to their place in its order, where it has one; else to the end.
 * @param path of the map
 * @param keys those that stay, with their index among all
 */
export function placeKeys(
  path: DataPath,
  keys: readonly { readonly key: string; readonly index: number }[],
  count: number,
  added: readonly string[],
): readonly Placed[] {
  const compare = orderOf(path);
  const ordered = path.length === 0 ? keys.filter(({ key }) => !key.startsWith("x-")) : keys;
  const isSorted =
    compare !== undefined && ordered.every(({ key }, i) => i === 0 || compare(ordered[i - 1]?.key ?? "", key) <= 0);
  if (!isSorted) return added.map((key) => ({ key, before: count }));
  return added.toSorted(compare).map((key) => {
    let [low, high] = [0, ordered.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compare(ordered[middle]?.key ?? "", key) <= 0) low = middle + 1;
      else high = middle;
    }
    return { key, before: ordered[low]?.index ?? count };
  });
}

/** The order that a map can have. What is written of one thing is in the order that a person thought of. */
function orderOf(path: DataPath): Compare | undefined {
  if (path.length === 0) return compareSections;
  if (path.length === 1) return path[0] === "trust" ? compareEdges : compareText;
  return undefined;
}

/** Whether a map is one whose first key means something. */
export function isProjects(path: DataPath): boolean {
  return path.length === 3 && path[0] === "environments" && path[2] === "projects";
}
