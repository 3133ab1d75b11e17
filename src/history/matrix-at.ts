import type { Instant } from "../time/instant.ts";
import type { MatrixAt, MatrixHistory } from "./matrix-history.ts";

/**
 * The version that was in force on this branch at a moment: the newest that was committed by then. Undefined where there
 * was none, or none that is known: `cutOff` tells these apart. Merged is not applied, and a commit says its time itself.
 */
export function matrixAt(history: MatrixHistory, instant: Instant): MatrixAt | undefined {
  return matrixFinder(history)(instant);
}

/** The same for many moments: it walks over the versions once, and no further than it must. */
export function matrixFinder(history: MatrixHistory): (instant: Instant) => MatrixAt | undefined {
  const rest = history.versions()[Symbol.iterator]();
  /** Versions that are older than all newer ones: no other is ever the first by a moment. Oldest last. */
  const falling: MatrixAt[] = [];
  return (instant) => {
    for (let last = falling.at(-1); last === undefined || last.commit.at > instant; last = falling.at(-1)) {
      const next = rest.next();
      if (next.done === true) return undefined;
      if (last === undefined || next.value.commit.at < last.commit.at) falling.push(next.value);
    }
    let [low, high] = [0, falling.length - 1];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if ((falling[middle]?.commit.at ?? 0) <= instant) high = middle;
      else low = middle + 1;
    }
    return falling[low];
  };
}
