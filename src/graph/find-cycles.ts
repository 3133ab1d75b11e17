import { groupBy } from "../words/group-by.ts";
import type { Adjacency } from "./adjacency.ts";
import { condense } from "./condense.ts";
import { indexGraph } from "./indexed-graph.ts";

/**
 * One cycle for each group of nodes that reach each other, as its nodes in calling order, the first in order of name
 * first.
 */
export function findCycles(graph: Adjacency): readonly (readonly string[])[] {
  return stronglyConnected(graph)
    .filter((group) => group.size > 1)
    .map((group) => cycleWithin(graph, group))
    .sort(([a = ""], [b = ""]) => (a < b ? -1 : 1));
}

function cycleWithin(graph: Adjacency, group: ReadonlySet<string>): readonly string[] {
  const first = [...group].sort()[0] as string;
  const cameFrom = new Map<string, string>();
  const queue = [first];
  for (let at = 0; at < queue.length; at++) {
    const node = queue[at] as string;
    for (const next of graph.get(node) ?? []) {
      if (next === first) return trace(node, first, cameFrom);
      if (!group.has(next) || cameFrom.has(next)) continue;
      cameFrom.set(next, node);
      queue.push(next);
    }
  }
  throw new Error("a strongly connected group without a cycle");
}

function trace(last: string, first: string, cameFrom: ReadonlyMap<string, string>): readonly string[] {
  const path = [last];
  while (path.at(-1) !== first) path.push(cameFrom.get(path.at(-1) as string) as string);
  return path.reverse();
}

function stronglyConnected(graph: Adjacency): readonly ReadonlySet<string>[] {
  const nodes = new Map<string, number>();
  const nodeOf = (name: string): number => {
    const known = nodes.get(name);
    if (known === undefined) nodes.set(name, nodes.size);
    return known ?? nodes.size - 1;
  };
  const tails: number[] = [];
  const heads: number[] = [];
  for (const [caller, callees] of graph) {
    const tail = nodeOf(caller);
    for (const callee of callees) {
      tails.push(tail);
      heads.push(nodeOf(callee));
    }
  }
  const { groupOf } = condense(
    indexGraph(nodes.size, { tails: Int32Array.from(tails), heads: Int32Array.from(heads) }),
  );
  return [...groupBy(nodes, ([, node]) => groupOf[node]).values()].map((group) => new Set(group.map(([name]) => name)));
}
