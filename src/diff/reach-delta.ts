import type { IndexedGraph } from "../graph/indexed-graph.ts";
import { newPairs, type Pair } from "../graph/new-pairs.ts";
import { makeReachable, type Reachable } from "../graph/reachable.ts";
import { shortestPaths } from "../graph/shortest-paths.ts";
import { compareText } from "../words/compare-text.ts";
import { groupBy } from "../words/group-by.ts";
import type { Reach, ReachPair } from "./diff-report.ts";
import type { MatrixPair } from "./matrix-pair.ts";
import { sensitiveResources } from "./real-things.ts";
import { type IndexedWorlds, indexWorlds } from "./reach/index-worlds.ts";

/** How many pairs are listed with their path, of those gained and of those lost; all are counted. */
export const MAX_LISTED = 1_000;

/**
 * Who reaches whom in the later matrix and not in the earlier one, and the contrary: services, callers and the internet, by
 * edges that hold and by what is public. Names, also those along paths that are lost, are those of the later matrix.
 */
export function reachDelta(pair: MatrixPair): Reach {
  const gained: Found[] = [];
  const lost: Found[] = [];
  const sensitiveAt = sensitiveResources(pair);
  for (const worldPair of pair.worlds) {
    const worlds = indexWorlds(pair, worldPair, sensitiveAt);
    const [before, after] = [makeReachable(worlds.before), makeReachable(worlds.after)];
    gained.push(find(worlds, before, after));
    lost.push(find(worlds, after, before));
  }
  return {
    gained: list(gained),
    lost: list(lost),
    gainedTotal: sumOf(gained),
    lostTotal: sumOf(lost),
  };
}

/** New pairs of one environment: those that may be listed, and how many there are. */
interface Found {
  readonly worlds: IndexedWorlds;
  /** The graph in which they are connected. */
  readonly graph: IndexedGraph;
  readonly pairs: readonly Pair[];
  readonly total: number;
}

function find(worlds: IndexedWorlds, without: Reachable, having: Reachable): Found {
  const { internet: first, isSensitive: isMarked } = worlds;
  return { worlds, graph: having.graph, ...newPairs(without, having, { first, isMarked, limit: MAX_LISTED }) };
}

function sumOf(found: readonly Found[]): number {
  return found.reduce((sum, { total }) => sum + total, 0);
}

/** A pair that is to be listed, and where it was found. */
interface Listed extends Omit<ReachPair, "path"> {
  readonly found: Found;
  readonly pair: Pair;
  readonly isFromInternet: boolean;
}

function list(found: readonly Found[]): readonly ReachPair[] {
  const listed = found.flatMap(listedOf).sort(compareListed).slice(0, MAX_LISTED);
  const paths = new Map<Listed, readonly string[]>();
  for (const [{ graph, worlds }, group] of groupBy(listed, (each) => each.found)) {
    const traced = shortestPaths(
      graph,
      group.map(({ pair }) => pair),
    );
    for (const [index, each] of group.entries()) {
      paths.set(each, traced[index]?.map((node) => worlds.names[node] ?? "") ?? []);
    }
  }
  return listed.map((each) => {
    const { environment, from, to, sensitive } = each;
    return { environment, from, to, path: paths.get(each) ?? [], sensitive };
  });
}

function listedOf(found: Found): readonly Listed[] {
  const { environment, names, internet, isSensitive } = found.worlds;
  return found.pairs.map((pair) => ({
    found,
    pair,
    environment,
    from: names[pair[0]] ?? "",
    to: names[pair[1]] ?? "",
    sensitive: isSensitive[pair[1]] === 1,
    isFromInternet: pair[0] === internet,
  }));
}

function compareListed(a: Listed, b: Listed): number {
  return (
    Number(b.isFromInternet) - Number(a.isFromInternet) ||
    Number(b.sensitive) - Number(a.sensitive) ||
    compareText(a.environment, b.environment) ||
    compareText(a.from, b.from) ||
    compareText(a.to, b.to)
  );
}
