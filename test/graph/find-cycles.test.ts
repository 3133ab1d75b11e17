import * as fc from "fast-check";
import { expect, test } from "vitest";
import { findCycles } from "../../src/graph/find-cycles.ts";

const nodes = ["a", "b", "c", "d", "e", "f", "g"];
const graphs = fc
  .uniqueArray(
    fc.tuple(fc.constantFrom(...nodes), fc.constantFrom(...nodes)).filter(([a, b]) => a !== b),
    { maxLength: 16, selector: String },
  )
  .map((edges) => new Map(nodes.map((node) => [node, edges.filter(([from]) => from === node).map(([, to]) => to)])));

function reaches(graph: ReadonlyMap<string, readonly string[]>, from: string, to: string): boolean {
  const seen = new Set<string>();
  const open = [from];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const next of graph.get(node) ?? []) {
      if (next === to) return true;
      if (!seen.has(next)) open.push(next);
      seen.add(next);
    }
  }
  return false;
}

test("one cycle for each group of nodes that reach each other, along real edges", () => {
  fc.assert(
    fc.property(graphs, (graph) => {
      const inCycle = nodes.filter((node) => reaches(graph, node, node));
      const groups = new Set(
        inCycle.map((node) =>
          inCycle.filter((other) => reaches(graph, node, other) && reaches(graph, other, node)).join(),
        ),
      );
      const cycles = findCycles(graph);
      expect(cycles.length).toBe(groups.size);
      for (const cycle of cycles) {
        expect(cycle[0]).toBe([...groups].find((group) => group.split(",").includes(cycle[0] ?? ""))?.split(",")[0]);
        cycle.forEach((node, i) => expect(graph.get(node)).toContain(cycle[(i + 1) % cycle.length]));
      }
    }),
    { numRuns: 500, seed: 7 },
  );
});

test("a ring of a hundred thousand nodes does not overflow", () => {
  const size = 100_000;
  const name = (i: number): string => `n${String(i % size).padStart(6, "0")}`;
  const ring = new Map(Array.from({ length: size }, (_, i) => [name(i), [name(i + 1)]]));
  expect(findCycles(ring)[0]?.length).toBe(size);
});
