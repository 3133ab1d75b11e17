import type { Data } from "../text/parsed-file.ts";

type DataMap = { readonly [key: string]: Data };

/** Lays one map over another: maps merge deep, lists and scalars replace, null unsets. */
export function mergeDeep(base: DataMap, over: DataMap): DataMap {
  const result: Record<string, Data> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const below = result[key];
    if (value === null) delete result[key];
    else if (isDataMap(value)) result[key] = mergeDeep(isDataMap(below) ? below : {}, value);
    else result[key] = value;
  }
  return result;
}

function isDataMap(value: Data | undefined): value is DataMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
