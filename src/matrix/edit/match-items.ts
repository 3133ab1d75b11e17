import type { Data } from "../text/parsed-file.ts";
import { equalData, isDataMap } from "./equal-data.ts";
import type { NewEntry } from "./rewrite-node.ts";

/** What becomes of each item of a list, and at which index (undefined: it goes); and what is new. */
export interface MatchedItems {
  readonly fates: readonly ({ readonly step: number; readonly value: Data } | undefined)[];
  readonly additions: readonly NewEntry[];
}

/**
 * The items of a list of maps by their `id`; undefined where one has none, two have the same, or they change places. Where
 * none has one, by their places, if each is still much as it was.
 */
export function matchItems(before: readonly Data[], after: readonly Data[]): MatchedItems | undefined {
  if (before.length === after.length && before.every((item, index) => isSameItem(item, after[index])))
    return { fates: after.map((value, step) => ({ step, value })), additions: [] };
  const [old, now] = [idsOf(before), idsOf(after)];
  if (old === undefined || now === undefined) return undefined;
  const additions: NewEntry[] = [];
  let next = 0;
  for (const [id, index] of now) {
    const at = old.get(id);
    if (at !== undefined && at < next) return undefined;
    if (at === undefined) additions.push({ step: index, value: after[index] ?? null, before: next });
    else next = at + 1;
  }
  // What is new at the end goes behind what goes from there.
  return {
    fates: [...old.keys()].map((id) => {
      const step = now.get(id);
      return step === undefined ? undefined : { step, value: after[step] ?? null };
    }),
    additions: additions.map((addition) =>
      addition.before === next ? { ...addition, before: before.length } : addition,
    ),
  };
}

function idsOf(items: readonly Data[]): ReadonlyMap<string, number> | undefined {
  const ids = new Map<string, number>();
  for (const [index, item] of items.entries()) {
    const id = isDataMap(item) && Object.hasOwn(item, "id") ? item["id"] : undefined;
    if (typeof id !== "string" || ids.has(id)) return undefined;
    ids.set(id, index);
  }
  return ids;
}

/** Whether a map without an id only got keys, or other values for some of them, and kept one at least. */
function isSameItem(before: Data, after: Data | undefined): boolean {
  if (!isDataMap(before) || !isDataMap(after) || Object.hasOwn(before, "id") || Object.hasOwn(after, "id"))
    return false;
  const keys = Object.keys(before);
  return keys.every((key) => Object.hasOwn(after, key)) && keys.some((key) => equalData(before[key], after[key]));
}
