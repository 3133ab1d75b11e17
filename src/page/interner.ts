/** A list that holds each value once, and where in it a value stands. */
export interface Interner<T> {
  readonly list: readonly T[];
  readonly add: (value: T) => number;
}

/** @param keyOf what makes two values the same */
export function createInterner<T>(keyOf: (value: T) => string): Interner<T> {
  const list: T[] = [];
  const places = new Map<string, number>();
  const add = (value: T): number => {
    const key = keyOf(value);
    const known = places.get(key);
    if (known !== undefined) return known;
    places.set(key, list.length);
    return list.push(value) - 1;
  };
  return { list, add };
}
