import { sinceOf } from "../history/since-of.ts";
import type { Since } from "../history/matrix-history.ts";
import { type IdentifiedEdge, identifiedEdges, publicIdentities } from "../history/pair-identity.ts";
import { INTERNET } from "../matrix/model/match-selector.ts";
import type { Matrix } from "../matrix/model/matrix.ts";
import type { World } from "../matrix/model/world.ts";
import { groupBy } from "../words/group-by.ts";
import type { Io } from "./io.ts";
import { remember } from "./page-history.ts";
import { historyOrNote } from "./history-or-note.ts";

/** Since when callers are in the matrix. */
export interface CallersSince {
  readonly sinceOf: (environment: string, caller: string, callee: string) => Since;
  /** Why there may be older versions; null where the history is whole. */
  readonly cutOff: string | null;
}

/**
 * Since when each caller of a service is in the matrix, by whichever edge, as the account that it is now and in each way
 * that it has now.
 * @param matrix as the working tree has it
 * @returns undefined where there is no history to look at: standard error says why, and the answer goes without
 */
export function callersSince(io: Io, file: string | undefined, matrix: Matrix): CallersSince | undefined {
  const history = historyOrNote(io, file);
  if (history === null) return undefined;
  const remembered = remember(history);
  const known = new WeakMap<World, WorldPairs>();
  const pairsIn = (world: World): WorldPairs => {
    const found = known.get(world) ?? pairsOf(world);
    known.set(world, found);
    return found;
  };
  return {
    sinceOf: (environment, caller, callee) => {
      const own = worldIn(matrix, environment);
      const pair = own === undefined ? undefined : pairsIn(own).byKeys.get(pairKey(caller, callee));
      return sinceOf(remembered, matrix.asOf, (version) => {
        const then = worldIn(version, environment);
        if (pair === undefined || then === undefined) return false;
        const { holding, all } = pairsIn(then);
        return pair.identities.every((each) => (pair.isHolding ? holding : all).has(each));
      });
    },
    cutOff: history.cutOff(),
  };
}

/** The pairs of one environment, by what Google Cloud knows them by. */
interface WorldPairs {
  readonly holding: ReadonlySet<string>;
  readonly all: ReadonlySet<string>;
  /** By the keys of caller and callee. */
  readonly byKeys: ReadonlyMap<string, Pair>;
}

interface Pair {
  /** One of each way. */
  readonly identities: readonly string[];
  /** Whether they are those that hold; where none holds, they are those that are written. */
  readonly isHolding: boolean;
}

function pairsOf(world: World): WorldPairs {
  const open = publicIdentities(world);
  const [holding, all] = [identifiedEdges(world), identifiedEdges(world, true)];
  const grouped = (edges: readonly IdentifiedEdge[], isHolding: boolean) =>
    [...groupBy(edges, ({ edge }) => pairKey(edge.caller, edge.callee))].map(([key, each]): readonly [string, Pair] => [
      key,
      { identities: each.map(({ identity }) => identity), isHolding },
    ]);
  return {
    holding: new Set([...holding.map(({ identity }) => identity), ...open.values()]),
    all: new Set([...all.map(({ identity }) => identity), ...open.values()]),
    byKeys: new Map([
      ...grouped(all, false),
      ...grouped(holding, true),
      ...[...open].map(([callee, identity]): readonly [string, Pair] => [
        pairKey(INTERNET, callee),
        { identities: [identity], isHolding: true },
      ]),
    ]),
  };
}

function worldIn({ worlds }: Matrix, name: string): World | undefined {
  return worlds.find(({ environment }) => environment.name === name);
}

function pairKey(caller: string, callee: string): string {
  return `${caller} -> ${callee}`;
}
