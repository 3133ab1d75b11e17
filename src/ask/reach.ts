import { indexGraph } from "../graph/indexed-graph.ts";
import type { Pair } from "../graph/new-pairs.ts";
import { makeReachable } from "../graph/reachable.ts";
import { shortestPaths } from "../graph/shortest-paths.ts";
import { compareText } from "../words/compare-text.ts";
import { isHub, ownHub } from "./hub.ts";

/** Two names of which one reaches the other. */
export interface Reached {
  /** A shortest way in calling order, both ends included: of several the one whose names come first. */
  readonly path: readonly string[];
  readonly caller: string;
  readonly callee: string;
  /** How many calls it takes. */
  readonly distance: number;
}

/** Who calls whom, ready to be asked who comes to whom through others. */
export interface Reach {
  /** Everything that a name reaches, itself aside, by callee. */
  readonly from: (caller: string) => readonly Reached[];
  /** Everything that reaches a name, itself aside, by caller. */
  readonly to: (callee: string) => readonly Reached[];
  /** The pairs that take several calls, by callee and then by caller; of too many only so many. */
  readonly pairs: (limit: number) => { readonly listed: readonly Reached[]; readonly isWhole: boolean };
}

/** @param calls of names; some of them halves, to or from hubs, which no answer shows */
export function makeReach(calls: readonly { readonly caller: string; readonly callee: string }[]): Reach {
  const steps = throughHubs(calls);
  const names = [...new Set(steps.flatMap(({ caller, callee }) => [caller, callee]))].sort(compareText);
  const numbers = new Map(names.map((name, number) => [name, number]));
  const numberOf = (name: string): number => numbers.get(name) ?? 0;
  const graph = indexGraph(names.length, {
    tails: Int32Array.from(steps, ({ caller }) => numberOf(caller)),
    heads: Int32Array.from(steps, ({ callee }) => numberOf(callee)),
  });
  const reachable = makeReachable(graph);
  const trace = (pairs: readonly Pair[]): readonly Reached[] =>
    shortestPaths(graph, pairs).map((numbered) => {
      const path = numbered.map((number) => names[number] ?? "").filter((name) => !isHub(name));
      return { path, caller: path[0] ?? "", callee: path.at(-1) ?? "", distance: path.length - 1 };
    });
  const others = (at: number, isMeant: (number: number) => boolean): readonly number[] =>
    [...names.keys()].filter((number) => number !== at && isMeant(number) && !isHub(names[number] ?? ""));
  const to = (callee: string): readonly Reached[] => {
    const at = numbers.get(callee);
    return at === undefined ? [] : trace(others(at, reachable.toAny([at])).map((number): Pair => [number, at]));
  };
  return {
    from: (caller) => {
      const at = numbers.get(caller);
      return at === undefined ? [] : trace(others(at, reachable.fromAny([at])).map((number): Pair => [at, number]));
    },
    to,
    pairs: (limit) => {
      const listed: Reached[] = [];
      for (const name of names) {
        if (isHub(name)) continue;
        for (const pair of to(name)) if (pair.distance > 1) listed.push(pair);
        if (listed.length > limit) return { listed: listed.slice(0, limit), isWhole: false };
      }
      return { listed, isWhole: true };
    },
  };
}

/** Every call as two steps, to a hub and from it: so that ways by hubs and others are as long as they have calls. */
function throughHubs(
  calls: readonly { readonly caller: string; readonly callee: string }[],
): readonly { readonly caller: string; readonly callee: string }[] {
  if (!calls.some(({ callee }) => isHub(callee))) return calls;
  const own = new Set<string>();
  const steps = calls.map(({ caller, callee }) => {
    if (isHub(caller) || isHub(callee)) return { caller, callee };
    own.add(caller);
    return { caller: ownHub(caller), callee };
  });
  return [...steps, ...[...own].map((caller) => ({ caller, callee: ownHub(caller) }))];
}
