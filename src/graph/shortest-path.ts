/** Who calls whom: for each node its neighbours, in order. */
export type Adjacency = ReadonlyMap<string, readonly string[]>;

/**
 * The shortest path from any of the starts to a node that is a goal, both ends included and at least one step long;
 * undefined where there is none. Of several, the first in the order of starts and neighbours.
 */
export function shortestPath(
  graph: Adjacency,
  starts: Iterable<string>,
  isGoal: (node: string) => boolean,
): readonly string[] | undefined {
  const queue: string[] = [];
  const cameFrom = new Map<string, string | undefined>();
  for (const start of starts) {
    if (cameFrom.has(start)) continue;
    cameFrom.set(start, undefined);
    queue.push(start);
  }
  for (let at = 0; at < queue.length; at++) {
    const node = queue[at] as string;
    for (const next of graph.get(node) ?? []) {
      // A start is a goal only when a step leads to it from another node.
      if (isGoal(next) && next !== node) return [...pathTo(node, cameFrom), next];
      if (cameFrom.has(next)) continue;
      cameFrom.set(next, node);
      queue.push(next);
    }
  }
  return undefined;
}

function pathTo(node: string, cameFrom: ReadonlyMap<string, string | undefined>): readonly string[] {
  const path: string[] = [];
  for (let at: string | undefined = node; at !== undefined; at = cameFrom.get(at)) path.unshift(at);
  return path;
}
