const waiting: (() => void)[] = [];
let free = 2;

/** Runs work that keeps a processor busy, two at once: as many as there are processors, however many tests wait. */
export async function twoAtATime<T>(work: () => Promise<T>): Promise<T> {
  if (free > 0) free -= 1;
  else await new Promise<void>((resolve) => waiting.push(resolve));
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  }
}
