/** Longer words are no slip of the pen. */
const MAX_LENGTH = 64;

/**
 * The candidate that a person most likely meant, or undefined where none is near: at most a third of the letters
 * differ. Ties go to the candidate that comes first.
 */
export function nearestName(name: string, candidates: Iterable<string>): string | undefined {
  if (name.length > MAX_LENGTH) return undefined;
  let best: string | undefined;
  let limit = Math.max(1, Math.floor(name.length / 3));
  for (const candidate of candidates) {
    if (candidate === name || Math.abs(candidate.length - name.length) > limit) continue;
    const distance = editDistance(name, candidate, limit);
    if (distance > limit) continue;
    best = candidate;
    limit = distance - 1;
    if (limit < 1) break;
  }
  return best;
}

/**
 * How many letters must be added, dropped, changed or swapped with their neighbour (optimal string alignment).
 * @param limit from where on the number no longer matters; the search ends early there
 */
function editDistance(a: string, b: string, limit: number): number {
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const changed = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let cell = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, changed);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cell = Math.min(cell, (beforeLast[j - 2] ?? 0) + 1);
      }
      row.push(cell);
      least = Math.min(least, cell);
    }
    if (least > limit + 1) return least;
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
