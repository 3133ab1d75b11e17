import { numberAt } from "./number-at.ts";

/**
 * Who calls whom, for graphs that are too large for maps of names: nodes are 0 to size - 1. The neighbours of a node lie
 * from `starts[node]` up to `starts[node + 1]` in `neighbours`, in ascending order, without itself and without repeats.
 */
export interface IndexedGraph {
  readonly size: number;
  readonly starts: Int32Array;
  readonly neighbours: Int32Array;
}

/** Steps from `tails[i]` to `heads[i]`. */
export interface Steps {
  readonly tails: Int32Array;
  readonly heads: Int32Array;
}

/** A graph of so many nodes with these steps, in whatever order; a step to itself is none. */
export function indexGraph(size: number, { tails, heads }: Steps): IndexedGraph {
  // To order by head and then by tail, keeping the order of equals, orders the heads of each tail.
  const byHead = bucket(size, heads, tails);
  const grouped = bucket(size, byHead.values, byHead.keys);
  const starts = new Int32Array(size + 1);
  const neighbours = new Int32Array(grouped.values.length);
  let count = 0;
  for (let index = 0; index < grouped.values.length; index++) {
    const tail = numberAt(grouped.keys, index);
    const head = numberAt(grouped.values, index);
    const isRepeat = count > numberAt(starts, tail) && neighbours[count - 1] === head;
    if (head !== tail && !isRepeat) neighbours[count++] = head;
    // Also for the nodes after it, up to the next with a step.
    const nextTail = index + 1 < grouped.keys.length ? numberAt(grouped.keys, index + 1) : size;
    if (nextTail !== tail) starts.fill(count, tail + 1, nextTail + 1);
  }
  return { size, starts, neighbours: neighbours.slice(0, count) };
}

/** The same steps, from callee to caller. */
export function reverseGraph({ size, starts, neighbours }: IndexedGraph): IndexedGraph {
  const tails = new Int32Array(neighbours.length);
  for (let node = 0; node < size; node++) tails.fill(node, starts[node], starts[node + 1]);
  return indexGraph(size, { tails: neighbours, heads: tails });
}

/** The steps of one graph that the other, over the same nodes, does not have. */
export function stepsOnlyIn(graph: IndexedGraph, other: IndexedGraph): Steps {
  const tails: number[] = [];
  const heads: number[] = [];
  for (let node = 0; node < graph.size; node++) {
    let at = numberAt(other.starts, node);
    const end = numberAt(other.starts, node + 1);
    for (let index = numberAt(graph.starts, node); index < numberAt(graph.starts, node + 1); index++) {
      const head = numberAt(graph.neighbours, index);
      while (at < end && numberAt(other.neighbours, at) < head) at++;
      if (at < end && other.neighbours[at] === head) continue;
      tails.push(node);
      heads.push(head);
    }
  }
  return { tails: Int32Array.from(tails), heads: Int32Array.from(heads) };
}

interface Bucketed {
  readonly keys: Int32Array;
  readonly values: Int32Array;
}

/** Pairs in order of key, those of one key in the order in which they came: a counting sort. */
function bucket(size: number, keys: Int32Array, values: Int32Array): Bucketed {
  const next = new Int32Array(size + 1);
  for (let index = 0; index < keys.length; index++) {
    const key = numberAt(keys, index);
    next[key + 1] = numberAt(next, key + 1) + 1;
  }
  for (let key = 0; key < size; key++) next[key + 1] = numberAt(next, key + 1) + numberAt(next, key);
  const sorted = { keys: new Int32Array(keys.length), values: new Int32Array(keys.length) };
  for (let index = 0; index < keys.length; index++) {
    const key = numberAt(keys, index);
    const place = numberAt(next, key);
    next[key] = place + 1;
    sorted.keys[place] = key;
    sorted.values[place] = numberAt(values, index);
  }
  return sorted;
}
