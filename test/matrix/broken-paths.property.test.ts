import * as fc from "fast-check";
import { expect, test } from "vitest";
import { brokenPaths } from "../../src/matrix/model/broken-paths.ts";
import type { NeverRule } from "../../src/matrix/schema/generated/document.ts";
import { matrixOf } from "./in-memory.ts";

const names = ["a", "b", "c", "d", "e", "f"];
const someNames = fc.subarray(names, { minLength: 1 });

interface World {
  readonly edges: readonly (readonly [string, string])[];
  readonly isPublic: readonly string[];
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly via: readonly string[];
  readonly excepted: readonly (readonly [string, string])[];
}

const edge = fc.tuple(fc.constantFrom(...names), fc.constantFrom(...names)).filter(([a, b]) => a !== b);

const worlds: fc.Arbitrary<World> = fc.record({
  edges: fc.uniqueArray(edge, { maxLength: 14, selector: String }),
  isPublic: fc.subarray(names),
  from: fc.oneof(someNames, fc.constant(["internet"])),
  to: someNames,
  via: fc.subarray(names),
  excepted: fc.uniqueArray(edge, { maxLength: 2, selector: String }),
});

function rulesOf({ from, to, via }: World, reach: "direct" | "transitive"): NeverRule {
  const only = from.length === 1 && from[0] === "internet";
  return { from: only ? "internet" : from, to, reach, ...(via.length === 0 ? {} : { unless: { via } }) };
}

function broken(world: World, reach: "direct" | "transitive"): readonly (readonly string[])[] {
  const rule = rulesOf(world, reach);
  const matrix = matrixOf({
    version: 1,
    environments: { prod: { project: "acme-prod", regions: ["europe-west1"] } },
    services: Object.fromEntries(
      names.map((name) => [name, world.isPublic.includes(name) ? { public: { reason: "x" } } : {}]),
    ),
    trust: Object.fromEntries(world.edges.map(([a, b]) => [`${a} -> ${b}`, "x"])),
    rules: { fence: { reason: "x", severity: "warning", never: rule } },
    exceptions: world.excepted.map(([caller, service], i) => ({
      id: `E${i}`,
      rule: "fence",
      match: { caller, service },
      owner: "o",
      reason: "x",
      expires: "2027-01-01",
    })),
  });
  const [only] = matrix.worlds;
  if (only === undefined) throw new Error("no world");
  return brokenPaths(matrix, only, "fence", rule);
}

/** Every walk without a repeated node, from the definition alone. */
function* naivePaths(world: World): Iterable<readonly string[]> {
  const steps = [
    ...world.isPublic.map((name) => ["internet", name] as const),
    ...world.edges.filter((each) => !world.excepted.some((other) => String(other) === String(each))),
  ];
  function* walk(path: readonly string[]): Iterable<readonly string[]> {
    for (const [a, b] of steps) {
      if (a !== path.at(-1) || path.includes(b)) continue;
      yield [...path, b];
      yield* walk([...path, b]);
    }
  }
  for (const from of world.from) yield* walk([from]);
}

function isForbidden(world: World, path: readonly string[]): boolean {
  return world.to.includes(path.at(-1) ?? "") && !world.via.includes(path.at(-2) ?? "");
}

test("transitive: exactly the targets that some forbidden path reaches, each with a shortest one", () => {
  fc.assert(
    fc.property(worlds, (world) => {
      const expected = new Map<string, number>();
      for (const path of naivePaths(world)) {
        if (!isForbidden(world, path)) continue;
        const target = path.at(-1) ?? "";
        expected.set(target, Math.min(expected.get(target) ?? Infinity, path.length));
      }
      const found = broken(world, "transitive");
      expect(found.map((path) => path.at(-1))).toEqual([...expected.keys()].sort());
      for (const path of found) {
        expect(isForbidden(world, path)).toBe(true);
        expect([...naivePaths(world)].map(String)).toContain(String(path));
        expect(path.length).toBe(expected.get(path.at(-1) ?? ""));
      }
    }),
    { numRuns: 200, seed: 7 },
  );
});

test("direct: exactly the forbidden steps", () => {
  fc.assert(
    fc.property(worlds, (world) => {
      const expected = [...naivePaths(world)]
        .filter((path) => path.length === 2 && isForbidden(world, path))
        .map(String);
      expect(broken(world, "direct").map(String).sort()).toEqual(expected.sort());
    }),
    { numRuns: 100, seed: 7 },
  );
});

test("an exception never breaks a rule anew", () => {
  fc.assert(
    fc.property(worlds, (world) => {
      const without = broken({ ...world, excepted: [] }, "transitive").map((path) => path.at(-1));
      for (const path of broken(world, "transitive")) expect(without).toContain(path.at(-1));
    }),
    { numRuns: 80, seed: 7 },
  );
});
