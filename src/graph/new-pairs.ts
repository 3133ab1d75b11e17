import { countBits } from "./count-bits.ts";
import { type Steps, stepsOnlyIn } from "./indexed-graph.ts";
import { type Reachable, WIDTH } from "./reachable.ts";

/** Source and target. */
export type Pair = readonly [from: number, to: number];

/** How the pairs that are listed are picked. */
export interface Picking {
  /** The source whose pairs come first. */
  readonly first: number;
  /** The targets whose pairs come before those of others: 1 at their index, 0 elsewhere. */
  readonly isMarked: Uint8Array;
  readonly limit: number;
}

export interface NewPairs {
  readonly total: number;
  /** As many as the limit allows: those of the first source, then into marked targets, then by source, by target. */
  readonly pairs: readonly Pair[];
}

/**
 * The pairs of different nodes of which one reaches the other in the later graph and not in the earlier one, over the same
 * nodes. Work grows with what can have changed and with the steps; memory with nodes and steps, never with pairs.
 */
export function newPairs(before: Reachable, after: Reachable, picking: Picking): NewPairs {
  const added = stepsOnlyIn(after.graph, before.graph);
  if (added.tails.length === 0) return { total: 0, pairs: [] };
  const { sources, targets } = candidates(before, after, added);
  const inOrder = [
    ...sources.filter((node) => node === picking.first),
    ...sources.filter((node) => node !== picking.first),
  ];
  if (sources.length <= targets.length) return sweepSources(before, after, inOrder, targets, picking);
  const { total, promising } = sweepTargets(before, after, inOrder, targets, picking);
  return { total, pairs: sweepSources(before, after, promising, targets, picking).pairs };
}

/**
 * Every source and every target of a new pair, in order, and as few others as is cheap to tell. A path that is new has a
 * last node that did not reach its end, and from there an added step: so its end was reached from the head of an added
 * step and not from its tail. Its start, likewise, reached the tail of one and not the head.
 */
function candidates(before: Reachable, after: Reachable, { tails, heads }: Steps): Candidates {
  const nodes = Array.from({ length: after.graph.size }, (_, node) => node);
  const rough = { sources: nodes.filter(after.toAny(tails)), targets: nodes.filter(after.fromAny(heads)) };
  // Four walks for 32 steps pay where they can save more walks than that.
  if (4 * tails.length > 2 * Math.min(rough.sources.length, rough.targets.length)) return rough;
  const [isSource, isTarget] = [new Uint8Array(nodes.length), new Uint8Array(nodes.length)];
  for (let at = 0; at < tails.length; at += WIDTH) {
    const [us, vs] = [tails.slice(at, at + WIDTH), heads.slice(at, at + WIDTH)];
    const [toTail, toHead, fromTail, fromHead] = [before.to(us), before.to(vs), before.from(us), before.from(vs)];
    for (const node of rough.sources) if ((toTail(node) & ~toHead(node)) !== 0) isSource[node] = 1;
    for (const node of rough.targets) if ((fromHead(node) & ~fromTail(node)) !== 0) isTarget[node] = 1;
  }
  return {
    sources: rough.sources.filter((node) => isSource[node] === 1),
    targets: rough.targets.filter((node) => isTarget[node] === 1),
  };
}

interface Candidates {
  readonly sources: readonly number[];
  readonly targets: readonly number[];
}

/** Counts and lists by 32 sources at a time: in the order of the list. */
function sweepSources(
  before: Reachable,
  after: Reachable,
  sources: readonly number[],
  targets: readonly number[],
  { first, isMarked, limit }: Picking,
): NewPairs {
  let total = 0;
  const marked: Pair[] = [];
  const others: Pair[] = [];
  const ofFirst: readonly [Pair[], Pair[]] = [[], []];
  for (let at = 0; at < sources.length; at += WIDTH) {
    const block = sources.slice(at, at + WIDTH);
    const [was, is] = [before.from(block), after.from(block)];
    const rows = block.map((): readonly [marked: number[], others: number[]] => [[], []]);
    for (const target of targets) {
      const fresh = is(target) & ~was(target);
      if (fresh === 0) continue;
      total += countBits(fresh);
      const kind = isMarked[target] === 1 ? 0 : 1;
      if ((kind === 0 ? marked : others).length >= limit) continue;
      for (let rest = fresh; rest !== 0; rest &= rest - 1) rows[lowestBit(rest)]?.[kind].push(target);
    }
    for (const [bit, row] of rows.entries()) {
      const source = block[bit] ?? 0;
      const lists = source === first ? ofFirst : [marked, others];
      for (const kind of [0, 1] as const) {
        const list = lists[kind] ?? [];
        for (const target of row[kind].slice(0, Math.max(0, limit - list.length))) list.push([source, target]);
      }
    }
  }
  return { total, pairs: [...ofFirst.flat(), ...marked, ...others].slice(0, limit) };
}

/** Counts by 32 targets at a time, and tells of which sources the pairs that are listed can be. */
function sweepTargets(
  before: Reachable,
  after: Reachable,
  sources: readonly number[],
  targets: readonly number[],
  { isMarked, limit }: Picking,
): { readonly total: number; readonly promising: readonly number[] } {
  const [marked, others] = [new Float64Array(sources.length), new Float64Array(sources.length)];
  for (let at = 0; at < targets.length; at += WIDTH) {
    const block = targets.slice(at, at + WIDTH);
    const [was, is] = [before.to(block), after.to(block)];
    const markedBits = block.reduce((mask, target, bit) => mask | ((isMarked[target] ?? 0) << bit), 0);
    for (const [index, source] of sources.entries()) {
      const fresh = is(source) & ~was(source);
      if (fresh === 0) continue;
      marked[index] = (marked[index] ?? 0) + countBits(fresh & markedBits);
      others[index] = (others[index] ?? 0) + countBits(fresh & ~markedBits);
    }
  }
  const enough = { marked: 0, others: 0 };
  let total = 0;
  const promising = sources.filter((_, index) => {
    const [here, elsewhere] = [marked[index] ?? 0, others[index] ?? 0];
    const isPromising = (here > 0 && enough.marked < limit) || (elsewhere > 0 && enough.others < limit);
    enough.marked += here;
    enough.others += elsewhere;
    total += here + elsewhere;
    return isPromising;
  });
  return { total, promising };
}

function lowestBit(mask: number): number {
  return 31 - Math.clz32(mask & -mask);
}
