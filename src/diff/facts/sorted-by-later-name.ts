import { compareText } from "../../words/compare-text.ts";
import { laterName, type MatrixPair } from "../matrix-pair.ts";

/** What an earlier world names, in order of the names that it has in the later matrix. */
export function sortedByLaterName<T extends { readonly key: string }>(
  named: ReadonlyMap<string, T> | undefined,
  pair: MatrixPair,
): readonly T[] {
  const list = [...(named?.values() ?? [])];
  if (pair.renames.size === 0) return list;
  return list.sort((a, b) => compareText(laterName(pair, a.key), laterName(pair, b.key)));
}
