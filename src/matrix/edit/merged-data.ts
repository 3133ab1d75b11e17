import { isAlias, isSeq, type Node } from "yaml";
import type { Data } from "../text/parsed-file.ts";
import { type DataMap, isDataMap } from "./equal-data.ts";

/**
 * What `<<` will merge into a map; undefined where it cannot stay: an anchor goes, or no longer holds a map.
 * @param meaningOf what an alias will mean
 */
export function mergedData(value: Node | null, meaningOf: (alias: Node) => Data | undefined): DataMap | undefined {
  const sources = isSeq(value) ? (value.items as (Node | null)[]) : [value];
  const merged: Record<string, Data> = {};
  // The first of several sources wins.
  for (const source of sources.toReversed()) {
    const meaning = isAlias(source) ? meaningOf(source) : undefined;
    if (!isDataMap(meaning)) return undefined;
    Object.assign(merged, meaning);
  }
  return merged;
}
