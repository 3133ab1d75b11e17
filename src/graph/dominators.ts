import type { Adjacency } from "./adjacency.ts";

/** Whether every way from the sources to a node goes through another, itself included. False of what no source reaches. */
export type Dominates = (dominator: string, node: string) => boolean;

/**
 * Dominators by the iterative algorithm of Cooper, Harvey and Kennedy ("A Simple, Fast Dominance Algorithm", 2001), from a root
 * that stands before all sources.
 */
export function findDominators(graph: Adjacency, sources: readonly string[]): Dominates {
  const { order, numbers } = postorder(graph, sources);
  const root = order.length;
  const parents = parentsOf(graph, sources, order, numbers);
  // The nearest dominator of each node; numbers grow towards the root.
  const nearest = new Int32Array(root + 1).fill(-1);
  nearest[root] = root;
  const meet = (one: number, other: number): number => {
    let [a, b] = [one, other];
    while (a !== b) {
      while (a < b) a = nearest[a] ?? root;
      while (b < a) b = nearest[b] ?? root;
    }
    return a;
  };
  for (let isOpen = true; isOpen;) {
    isOpen = false;
    for (let node = root - 1; node >= 0; node--) {
      let found = -1;
      for (const parent of parents[node] ?? []) {
        if (nearest[parent] === -1) continue;
        found = found === -1 ? parent : meet(found, parent);
      }
      if (nearest[node] === found) continue;
      nearest[node] = found;
      isOpen = true;
    }
  }
  const spans = spansOf(nearest, root);
  return (dominator, node) => {
    const [above, below] = [numbers.get(dominator), numbers.get(node)];
    if (above === undefined || below === undefined) return false;
    const [outer, inner] = [spans[above], spans[below]];
    return outer !== undefined && inner !== undefined && outer.from <= inner.from && inner.to <= outer.to;
  };
}

/** What the sources reach, each node after all that it leads to first. */
function postorder(
  graph: Adjacency,
  sources: readonly string[],
): { readonly order: readonly string[]; readonly numbers: ReadonlyMap<string, number> } {
  const seen = new Set<string>();
  const order: string[] = [];
  for (const source of sources) {
    if (seen.has(source)) continue;
    seen.add(source);
    const open = [{ node: source, next: 0 }];
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      const child = graph.get(top.node)?.[top.next++];
      if (child === undefined) {
        order.push(top.node);
        open.pop();
      } else if (!seen.has(child)) {
        seen.add(child);
        open.push({ node: child, next: 0 });
      }
    }
  }
  return { order, numbers: new Map(order.map((node, number) => [node, number])) };
}

function parentsOf(
  graph: Adjacency,
  sources: readonly string[],
  order: readonly string[],
  numbers: ReadonlyMap<string, number>,
): readonly (readonly number[])[] {
  const parents: number[][] = order.map(() => []);
  for (const source of new Set(sources)) parents[numbers.get(source) ?? -1]?.push(order.length);
  for (const [number, node] of order.entries())
    for (const child of graph.get(node) ?? []) parents[numbers.get(child) ?? -1]?.push(number);
  return parents;
}

interface Span {
  from: number;
  to: number;
}

/** Where each node lies in a walk around the tree of nearest dominators: within those that dominate it. */
function spansOf(nearest: Int32Array, root: number): readonly Span[] {
  const sizes = new Int32Array(root + 1).fill(1);
  // Those below a node have smaller numbers.
  for (let node = 0; node < root; node++) {
    const above = nearest[node] ?? root;
    sizes[above] = (sizes[above] ?? 0) + (sizes[node] ?? 0);
  }
  const next = new Int32Array(root + 1);
  const spans: Span[] = [];
  spans[root] = { from: 0, to: sizes[root] ?? 0 };
  next[root] = 1;
  for (let node = root - 1; node >= 0; node--) {
    const above = nearest[node] ?? root;
    const from = next[above] ?? 0;
    next[above] = from + (sizes[node] ?? 0);
    spans[node] = { from, to: from + (sizes[node] ?? 0) };
    next[node] = from + 1;
  }
  return spans;
}
