import type { UnreadEntry } from "../drift/drift-report.ts";
import type { Asked } from "./answers.ts";
import type { Grid } from "./grid.ts";

/**
 * Where and when a question was asked, with what was not read.
 * @param names the services that the answer is about; undefined where it is about all
 */
export function askedOf(grid: Grid, names: ReadonlySet<string> | undefined): Asked {
  const open = (grid.live?.unread ?? []).filter(({ accepted }) => accepted === null);
  const doubts = open.filter(({ services }) => names === undefined || services.some((service) => names.has(service)));
  return {
    environment: grid.environment,
    matrix: grid.matrix,
    asOf: grid.asOf,
    live: grid.live,
    doubts,
    besides: open.length - doubts.length,
    sets: [],
    complete: doubts.length === 0,
  };
}

/** An answer that tells of pairs: it is not complete where one hangs on the members of a set that were not read. */
export function withSets<T extends Asked>(asked: T, pairs: readonly { readonly sets: readonly string[] }[]): T {
  const sets = [...new Set([...asked.sets, ...pairs.flatMap((pair) => pair.sets)])].sort();
  return { ...asked, sets, complete: asked.complete && sets.length === 0 };
}

/** The same of an answer on which more bears that was not read. */
export function withUnread<T extends Asked>(asked: T, entries: readonly UnreadEntry[]): T {
  const more = entries.filter(
    (entry, index) => ![...asked.doubts, ...entries.slice(0, index)].some((each) => isSame(each, entry)),
  );
  if (more.length === 0) return asked;
  return {
    ...asked,
    doubts: [...asked.doubts, ...more],
    besides: Math.max(0, asked.besides - more.length),
    complete: false,
  };
}

function isSame(a: UnreadEntry, b: UnreadEntry): boolean {
  return a.what === b.what && a.resource === b.resource;
}
