import { groupBy } from "../words/group-by.ts";
import { type IndexedGraph, reverseGraph } from "./indexed-graph.ts";
import type { Pair } from "./new-pairs.ts";
import { numberAt } from "./number-at.ts";

const NONE = -1;

/**
 * For each pair a shortest path, both ends included: of several the one whose nodes come first in order. One search for
 * each source, or back from each target where those are fewer. Throws where there is no path.
 */
export function shortestPaths(graph: IndexedGraph, pairs: readonly Pair[]): readonly (readonly number[])[] {
  const indexes = [...pairs.keys()];
  const bySource = groupBy(indexes, (index) => pairs[index]?.[0]);
  const byTarget = groupBy(indexes, (index) => pairs[index]?.[1]);
  const paths: (readonly number[])[] = pairs.map(() => []);
  const isForward = bySource.size <= byTarget.size;
  const searched = isForward ? graph : reverseGraph(graph);
  const found: Search = { cameFrom: new Int32Array(graph.size), distance: new Int32Array(graph.size) };
  for (const [origin, group] of isForward ? bySource : byTarget) {
    const ends = new Set(group.map((index) => pairs[index]?.[isForward ? 1 : 0] ?? origin));
    search(searched, origin, ends, found);
    for (const index of group) {
      const [from, to] = pairs[index] ?? [origin, origin];
      if (found.distance[isForward ? to : from] === NONE) throw new Error("a pair without a path");
      paths[index] = isForward ? traceBack(found, from, to) : descend(graph, found, from, to);
    }
  }
  return paths;
}

interface Search {
  readonly cameFrom: Int32Array;
  readonly distance: Int32Array;
}

/** Breadth first until all ends are found. Since neighbours come in order, so do paths of one length. */
function search({ starts, neighbours }: IndexedGraph, origin: number, ends: Set<number>, found: Search): void {
  const { cameFrom, distance } = found;
  distance.fill(NONE);
  distance[origin] = 0;
  ends.delete(origin);
  const queue = [origin];
  for (let at = 0; at < queue.length && ends.size > 0; at++) {
    const node = queue[at] ?? origin;
    const end = numberAt(starts, node + 1);
    for (let index = numberAt(starts, node); index < end; index++) {
      const next = numberAt(neighbours, index);
      if (distance[next] !== NONE) continue;
      distance[next] = numberAt(distance, node) + 1;
      cameFrom[next] = node;
      queue.push(next);
      ends.delete(next);
    }
  }
}

/** The path along which a search from its start found its end. */
function traceBack({ cameFrom }: Search, from: number, to: number): readonly number[] {
  const path = [to];
  for (let node = to; node !== from; path.push(node)) node = numberAt(cameFrom, node);
  return path.reverse();
}

/** The path down the distances that a search back from its end found, each time to the first node in order. */
function descend(
  { starts, neighbours }: IndexedGraph,
  { distance }: Search,
  from: number,
  to: number,
): readonly number[] {
  const path = [from];
  for (let node = from; node !== to; path.push(node)) {
    let index = numberAt(starts, node);
    while (distance[numberAt(neighbours, index)] !== numberAt(distance, node) - 1) index++;
    node = numberAt(neighbours, index);
  }
  return path;
}
