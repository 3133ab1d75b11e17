import { sinceOf } from "../history/since-of.ts";
import type { Since } from "../history/matrix-history.ts";
import { publicServices } from "../matrix/model/call-graph.ts";
import { INTERNET } from "../matrix/model/match-selector.ts";
import type { Matrix } from "../matrix/model/matrix.ts";
import type { Io } from "./io.ts";
import { isProblem, remember } from "./page-history.ts";
import { readHistory } from "./read-history.ts";
import { UsageError } from "./usage-error.ts";

/** Since when callers are in the matrix. */
export interface CallersSince {
  readonly sinceOf: (environment: string, caller: string, callee: string) => Since;
  /** Why there may be older versions; null where the history is whole. */
  readonly cutOff: string | null;
}

/**
 * Since when each caller of a service is in the matrix, by whichever edge.
 * @throws UsageError where there is no history to look at
 */
export function callersSince(io: Io, file: string | undefined): CallersSince {
  const history = readHistory(io, file);
  if (isProblem(history)) throw new UsageError(history.problem, history.help);
  const remembered = remember(history);
  const known = new WeakMap<Matrix, ReadonlySet<string>>();
  const pairsIn = (matrix: Matrix): ReadonlySet<string> => {
    const found = known.get(matrix) ?? pairsOf(matrix);
    known.set(matrix, found);
    return found;
  };
  return {
    sinceOf: (environment, caller, callee) =>
      sinceOf(remembered, (matrix) => pairsIn(matrix).has(pairKey(environment, caller, callee))),
    cutOff: history.cutOff(),
  };
}

function pairsOf({ worlds }: Matrix): ReadonlySet<string> {
  return new Set(
    worlds.flatMap((world) => [
      ...world.edges.map(({ caller, callee }) => pairKey(world.environment.name, caller, callee)),
      ...publicServices(world).map((callee) => pairKey(world.environment.name, INTERNET, callee)),
    ]),
  );
}

function pairKey(environment: string, caller: string, callee: string): string {
  return JSON.stringify([environment, caller, callee]);
}
