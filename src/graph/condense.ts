import { indexGraph, type IndexedGraph } from "./indexed-graph.ts";
import { numberAt } from "./number-at.ts";

/** A graph with each group of nodes that reach each other drawn together. */
export interface Condensation {
  /** The group of each node. Every step between groups leads to a lower number. */
  readonly groupOf: Int32Array;
  readonly groups: IndexedGraph;
}

/**
 * Groups of nodes that reach each other: Tarjan's algorithm with a stack of its own, since call chains can be as long as
 * there are services.
 */
export function condense(graph: IndexedGraph): Condensation {
  const { size, starts, neighbours } = graph;
  const { groupOf, count } = stronglyConnected(graph);
  const tails = new Int32Array(neighbours.length);
  const heads = new Int32Array(neighbours.length);
  for (let node = 0; node < size; node++) {
    const group = numberAt(groupOf, node);
    for (let index = numberAt(starts, node); index < numberAt(starts, node + 1); index++) {
      tails[index] = group;
      heads[index] = numberAt(groupOf, numberAt(neighbours, index));
    }
  }
  return { groupOf, groups: indexGraph(count, { tails, heads }) };
}

const NONE = -1;

function stronglyConnected({ size, starts, neighbours }: IndexedGraph): { groupOf: Int32Array; count: number } {
  const groupOf = new Int32Array(size).fill(NONE);
  const order = new Int32Array(size).fill(NONE);
  const low = new Int32Array(size);
  const next = starts.slice();
  const path: number[] = [];
  const open: number[] = [];
  let [entered, count] = [0, 0];
  const enter = (node: number): void => {
    order[node] = entered;
    low[node] = entered++;
    path.push(node);
    open.push(node);
  };
  const lower = (node: number, to: number): void => void (low[node] = Math.min(numberAt(low, node), to));
  for (let root = 0; root < size; root++) {
    if (order[root] !== NONE) continue;
    enter(root);
    for (let node = path.at(-1); node !== undefined; node = path.at(-1)) {
      const index = numberAt(next, node);
      if (index < numberAt(starts, node + 1)) {
        next[node] = index + 1;
        const neighbour = numberAt(neighbours, index);
        if (order[neighbour] === NONE) enter(neighbour);
        else if (groupOf[neighbour] === NONE) lower(node, numberAt(order, neighbour));
        continue;
      }
      path.pop();
      const above = path.at(-1);
      if (above !== undefined) lower(above, numberAt(low, node));
      if (low[node] !== order[node]) continue;
      for (let member = open.pop(); member !== undefined; member = open.pop()) {
        groupOf[member] = count;
        if (member === node) break;
      }
      count++;
    }
  }
  return { groupOf, count };
}
