/** Order by UTF-16 unit, the same on every machine and in every locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The keys of a record or map in order. */
export function sortedKeys(of: Readonly<Record<string, unknown>> | ReadonlyMap<string, unknown>): readonly string[] {
  return [...(of instanceof Map ? of.keys() : Object.keys(of))].sort(compareText);
}
