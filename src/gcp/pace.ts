import type { Clock } from "../http/clock.ts";

/** Lets so many pass in a minute, the first ones at once. */
export interface Pace {
  /** Waits for the next turn; false, at once, where it would come after the deadline. */
  readonly turn: () => Promise<boolean>;
}

const MINUTE = 60_000;

/** A pace of `perMinute` turns, over any minute. */
export function createPace(clock: Clock, perMinute: number, isTooLate: (waitMs: number) => boolean): Pace {
  const turns: number[] = [];
  return {
    async turn() {
      const before = turns.length < perMinute ? undefined : turns[turns.length - perMinute];
      const now = clock.now();
      const at = before === undefined ? now : Math.max(now, before + MINUTE);
      const wait = at - now;
      if (isTooLate(wait)) return false;
      turns.push(at);
      if (wait > 0) await clock.sleep(wait);
      return true;
    },
  };
}
