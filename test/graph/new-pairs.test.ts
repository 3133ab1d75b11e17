import * as fc from "fast-check";
import { expect, test } from "vitest";
import { indexGraph } from "../../src/graph/indexed-graph.ts";
import { newPairs, type Pair, type Picking } from "../../src/graph/new-pairs.ts";
import { makeReachable } from "../../src/graph/reachable.ts";
import { shortestPaths } from "../../src/graph/shortest-paths.ts";

// More nodes than one mask has bits, and few enough steps that not everybody reaches everybody.

type Steps = readonly Pair[];

interface Case {
  readonly size: number;
  readonly before: Steps;
  readonly after: Steps;
  readonly picking: Picking;
}

const cases: fc.Arbitrary<Case> = fc.integer({ min: 2, max: 90 }).chain((size) => {
  const node = fc.nat({ max: size - 1 });
  const steps = (most: number): fc.Arbitrary<Steps> => fc.array(fc.tuple(node, node), { maxLength: most });
  return fc
    .record({
      kept: steps(size + 20),
      // Now and then so many that a closer look does not pay.
      removed: fc.oneof(steps(3), steps(size)),
      added: fc.oneof(steps(3), steps(size)),
      first: node,
      marks: fc.uint8Array({ minLength: size, maxLength: size, max: 1 }),
      limit: fc.constantFrom(1, 7, 1_000, 100_000),
    })
    .map(({ kept, removed, added, first, marks, limit }) => ({
      size,
      before: [...kept, ...removed],
      after: [...added, ...kept],
      picking: { first, isMarked: marks, limit },
    }));
});

function graphOf(size: number, steps: Steps) {
  return indexGraph(size, {
    tails: Int32Array.from(steps, ([tail]) => tail),
    heads: Int32Array.from(steps, ([, head]) => head),
  });
}

/** Floyd and Warshall. */
function distancesOf(size: number, steps: Steps): readonly (readonly number[])[] {
  const distances = Array.from({ length: size }, () => Array.from({ length: size }, () => Infinity));
  for (const [tail, head] of steps) if (distances[tail] !== undefined) distances[tail][head] = 1;
  for (const middle of distances.keys()) {
    for (const row of distances) {
      const first = row[middle] ?? Infinity;
      if (first === Infinity) continue;
      for (const [to, rest] of (distances[middle] ?? []).entries()) {
        if (first + rest < (row[to] ?? Infinity)) row[to] = first + rest;
      }
    }
  }
  return distances;
}

function naivePairs({ size, before, after, picking: { first, isMarked } }: Case): readonly Pair[] {
  const [was, is] = [distancesOf(size, before), distancesOf(size, after)];
  const nodes = [...was.keys()];
  const rank = ([from, to]: Pair): number =>
    ((from === first ? 0 : 2) + (isMarked[to] === 1 ? 0 : 1)) * size * size + from * size + to;
  return nodes
    .flatMap((from) => nodes.map((to): Pair => [from, to]))
    .filter(([from, to]) => from !== to && is[from]?.[to] !== Infinity && was[from]?.[to] === Infinity)
    .sort((a, b) => rank(a) - rank(b));
}

test("new pairs: what two closures say, counted in full and listed in order", () => {
  fc.assert(
    fc.property(cases, (each) => {
      const { size, before, after, picking } = each;
      const expected = naivePairs(each);
      const found = newPairs(makeReachable(graphOf(size, before)), makeReachable(graphOf(size, after)), picking);
      expect(found.total).toBe(expected.length);
      expect(found.pairs).toEqual(expected.slice(0, picking.limit));
    }),
    { numRuns: 400, seed: 7, endOnFailure: true },
  );
});

test("shortest paths: the first in order of all that are shortest, whichever way they are looked for", () => {
  fc.assert(
    fc.property(cases, fc.boolean(), ({ size, after, picking: { first } }, isFromOne) => {
      const distances = distancesOf(size, after);
      const firstPath = (from: number, to: number): readonly number[] => {
        if (from === to) return [to];
        const left = (distances[from]?.[to] ?? 0) - 1;
        const next = [...distances.keys()].find(
          (node) => distances[from]?.[node] === 1 && (node === to ? 0 : distances[node]?.[to]) === left,
        );
        return [from, ...firstPath(next ?? to, to)];
      };
      // From one node the search goes forward, into one node back.
      const pairs = [...distances.keys()]
        .filter((node) => node !== first)
        .map((node): Pair => (isFromOne ? [first, node] : [node, first]))
        .filter(([from, to]) => distances[from]?.[to] !== Infinity);
      expect(shortestPaths(graphOf(size, after), pairs)).toEqual(pairs.map(([from, to]) => firstPath(from, to)));
    }),
    { numRuns: 200, seed: 7, endOnFailure: true },
  );
});

test("a pair without a path is refused", () => {
  expect(() => shortestPaths(graphOf(3, [[0, 1]]), [[0, 2]])).toThrow("without a path");
});
