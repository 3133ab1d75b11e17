import type { DriftContext } from "./drift-context.ts";

/** What some callers are declared to call, sorted. */
export function calleesOf(callers: readonly string[], { world }: Pick<DriftContext, "world">): readonly string[] {
  const wanted = new Set(callers);
  return [...new Set(world.holding.flatMap(({ caller, callee }) => (wanted.has(caller) ? [callee] : [])))].sort();
}
