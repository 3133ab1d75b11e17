import type { Clock } from "../../src/http/clock.ts";

/** A clock on which waiting takes no time, and all waits are known. */
export function virtualClock(start = Date.UTC(2026, 10, 22)): Clock & { readonly waits: readonly number[] } {
  const waits: number[] = [];
  let now = start;
  return {
    waits,
    now: () => now,
    async sleep(milliseconds) {
      waits.push(milliseconds);
      const end = now + milliseconds;
      await Promise.resolve();
      now = Math.max(now, end);
    },
  };
}
