import type { Data } from "../text/parsed-file.ts";

export type DataMap = { readonly [key: string]: Data };

export function isDataMap(data: Data | undefined): data is DataMap {
  return typeof data === "object" && data !== null && !Array.isArray(data);
}

export function isDataList(data: Data | undefined): data is readonly Data[] {
  return Array.isArray(data);
}

/** Whether two values mean the same; the order of keys means nothing. */
export function equalData(a: Data | undefined, b: Data | undefined): boolean {
  if (a === b) return true;
  if (isDataList(a)) return isDataList(b) && a.length === b.length && a.every((item, i) => equalData(item, b[i]));
  if (!isDataMap(a) || !isDataMap(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && equalData(a[key], b[key]))
  );
}
