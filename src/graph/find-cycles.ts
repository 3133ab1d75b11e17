import type { Adjacency } from "./adjacency.ts";

/**
 * One cycle for each group of nodes that reach each other, as its nodes in calling order, the first in order of name
 * first. Tarjan's algorithm with a stack of its own, since call chains can be as long as there are services.
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

interface Visit {
  readonly node: string;
  readonly neighbours: readonly string[];
  next: number;
}

function stronglyConnected(graph: Adjacency): readonly ReadonlySet<string>[] {
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const groups: Set<string>[] = [];
  const enter = (node: string): Visit => {
    order.set(node, order.size);
    low.set(node, order.size - 1);
    open.push(node);
    isOpen.add(node);
    return { node, neighbours: graph.get(node) ?? [], next: 0 };
  };
  const lower = (node: string, to: number): void => void low.set(node, Math.min(low.get(node) as number, to));
  for (const root of graph.keys()) {
    if (order.has(root)) continue;
    const visits = [enter(root)];
    for (let visit = visits.at(-1); visit !== undefined; visit = visits.at(-1)) {
      const next = visit.neighbours[visit.next++];
      if (next !== undefined) {
        if (!order.has(next)) visits.push(enter(next));
        else if (isOpen.has(next)) lower(visit.node, order.get(next) as number);
        continue;
      }
      visits.pop();
      const above = visits.at(-1);
      if (above !== undefined) lower(above.node, low.get(visit.node) as number);
      if (low.get(visit.node) !== order.get(visit.node)) continue;
      const group = new Set(open.splice(open.lastIndexOf(visit.node)));
      for (const node of group) isOpen.delete(node);
      groups.push(group);
    }
  }
  return groups;
}
