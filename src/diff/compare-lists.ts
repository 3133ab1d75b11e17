/** What becomes of a thing that only one of two lists has, or both. Each hands back what there is to say, often nothing. */
export interface Comparison<T, R> {
  readonly onAdded: (after: T) => readonly R[];
  readonly onRemoved: (before: T) => readonly R[];
  readonly onBoth: (before: T, after: T) => readonly R[];
}

/**
 * Compares two lists in one walk, in order.
 * @param order both lists are sorted by it; what it calls equal belongs together, pair by pair
 */
export function compareLists<T, R>(
  before: readonly T[],
  after: readonly T[],
  order: (a: T, b: T) => number,
  { onAdded, onRemoved, onBoth }: Comparison<T, R>,
): readonly R[] {
  const results: R[] = [];
  let [b, a] = [0, 0];
  for (;;) {
    const [old, now] = [before[b], after[a]];
    if (old === undefined && now === undefined) return results;
    const side = old === undefined ? 1 : now === undefined ? -1 : order(old, now);
    // The order is total, and no list holds undefined: what a side calls for is there.
    const found = side === 0 ? onBoth(old as T, now as T) : side < 0 ? onRemoved(old as T) : onAdded(now as T);
    for (const each of found) results.push(each);
    if (side <= 0) b++;
    if (side >= 0) a++;
  }
}
