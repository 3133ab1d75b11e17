import type { Reading } from "./snapshot.ts";

/** What a reading holds, as far as it goes. */
export function valueOf<T>(reading: Reading<T> | undefined): T | undefined {
  return reading !== undefined && "value" in reading ? reading.value : undefined;
}
