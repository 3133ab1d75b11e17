import { type Condensation, condense } from "./condense.ts";
import type { IndexedGraph } from "./indexed-graph.ts";
import { numberAt } from "./number-at.ts";

/** How many nodes one question is about at most: one bit each. */
export const WIDTH = 32;

/** For each node a mask: bit i stands for the i-th of the nodes that a question is about. */
export type Masks = (node: number) => number;

/** A graph that is ready to be asked who reaches whom, for up to 32 nodes at once. Every node reaches itself. */
export interface Reachable {
  readonly graph: IndexedGraph;
  /** Which of these nodes reach a node. */
  readonly from: (sources: Iterable<number>) => Masks;
  /** Which of these nodes a node reaches. */
  readonly to: (targets: Iterable<number>) => Masks;
  /** Whether any of the nodes, however many, reaches a node. */
  readonly fromAny: (sources: Iterable<number>) => (node: number) => boolean;
  /** Whether a node reaches any of the nodes. */
  readonly toAny: (targets: Iterable<number>) => (node: number) => boolean;
}

/** One walk over the steps between groups answers one question: for 32 nodes in about the time that it takes for one. */
export function makeReachable(graph: IndexedGraph): Reachable {
  let known: Condensation | undefined;
  const ask = (nodes: Iterable<number>, shift: 0 | 1, spread: Spread): Masks => {
    // A graph in which nothing changed is never asked.
    known ??= condense(graph);
    const { groupOf, groups } = known;
    const marks = new Int32Array(groups.size);
    let bit = 0;
    for (const node of nodes) {
      const group = numberAt(groupOf, node);
      marks[group] = numberAt(marks, group) | (1 << bit);
      bit += shift;
    }
    spread(groups, marks);
    return (node) => numberAt(marks, numberAt(groupOf, node));
  };
  const isAny =
    (masks: Masks): ((node: number) => boolean) =>
    (node) =>
      masks(node) !== 0;
  return {
    graph,
    from: (sources) => ask(sources, 1, spreadDown),
    to: (targets) => ask(targets, 1, gatherUp),
    fromAny: (sources) => isAny(ask(sources, 0, spreadDown)),
    toAny: (targets) => isAny(ask(targets, 0, gatherUp)),
  };
}

type Spread = (groups: IndexedGraph, marks: Int32Array) => void;

/** What a group has, all that it calls gets; callers come first, since steps lead to lower numbers. */
function spreadDown({ size, starts, neighbours }: IndexedGraph, marks: Int32Array): void {
  for (let group = size - 1; group >= 0; group--) {
    const mask = numberAt(marks, group);
    if (mask === 0) continue;
    const end = numberAt(starts, group + 1);
    for (let index = numberAt(starts, group); index < end; index++) {
      const next = numberAt(neighbours, index);
      marks[next] = numberAt(marks, next) | mask;
    }
  }
}

/** A group gets what those have that it calls. */
function gatherUp({ size, starts, neighbours }: IndexedGraph, marks: Int32Array): void {
  for (let group = 0; group < size; group++) {
    let mask = numberAt(marks, group);
    const end = numberAt(starts, group + 1);
    for (let index = numberAt(starts, group); index < end; index++)
      mask |= numberAt(marks, numberAt(neighbours, index));
    marks[group] = mask;
  }
}
