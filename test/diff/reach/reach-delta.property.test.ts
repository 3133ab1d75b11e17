import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Reach } from "../../../src/diff/diff-report.ts";
import { reachDelta } from "../../../src/diff/reach-delta.ts";
import { naiveGained } from "./naive-reach.ts";
import { OLD, pairOf, type Plan, type Version, versions, withOldName } from "./world-pairs.ts";

const runs = { numRuns: 280, seed: 7, endOnFailure: true };

function naiveReach(before: Version, after: Version): Reach {
  const [gained, lost] = [naiveGained(before, after), naiveGained(after, before)];
  return { gained, lost, gainedTotal: gained.length, lostTotal: lost.length };
}

test("exactly what the closures of both versions say, each pair with the first of its shortest paths", () => {
  let [internet, sensitive, long, both] = [0, 0, 0, 0];
  fc.assert(
    fc.property(versions, ([before, after]) => {
      const reach = reachDelta(pairOf(before, after));
      expect(reach).toEqual(naiveReach(before, after));
      const pairs = [...reach.gained, ...reach.lost];
      internet += pairs.filter(({ from }) => from === "internet").length;
      sensitive += pairs.filter((pair) => pair.sensitive).length;
      long += pairs.filter(({ path }) => path.length > 3).length;
      both += reach.gainedTotal > 0 && reach.lostTotal > 0 ? 1 : 0;
    }),
    { ...runs, numRuns: 900 },
  );
  // What was generated holds enough of everything.
  for (const count of [internet, sensitive, long, both]) expect(count).toBeGreaterThan(500);
});

test("a renamed service is the same one, under its later name", () => {
  fc.assert(
    fc.property(versions, ([before, after]) => {
      const reach = reachDelta(pairOf(withOldName(before), after, new Map([[OLD, "f"]])));
      expect(reach).toEqual(naiveReach(before, after));
    }),
    runs,
  );
});

test("nothing changes between a version and itself, and what one way gains, the other way loses", () => {
  fc.assert(
    fc.property(versions, ([before, after]) => {
      expect(reachDelta(pairOf(after, after))).toEqual({ gained: [], lost: [], gainedTotal: 0, lostTotal: 0 });
      const { gained, lost } = reachDelta(pairOf(before, after));
      const back = reachDelta(pairOf(after, before));
      expect([back.gained, back.lost]).toEqual([lost, gained]);
    }),
    runs,
  );
});

test("edges that are added lose nothing, and where they gain anything, one of them connects its own ends anew", () => {
  const joined = (one: Plan | undefined, two: Plan | undefined): Plan => ({
    names: [...new Set([one, two].flatMap((plan) => plan?.names ?? []))],
    isPublic: [...new Set([one, two].flatMap((plan) => plan?.isPublic ?? []))],
    edges: [...new Map([one, two].flatMap((plan) => plan?.edges ?? []).map((edge) => [String(edge), edge])).values()],
  });
  fc.assert(
    fc.property(versions, ([{ sensitive, plans }, { plans: others }]) => {
      const more = { dev: joined(plans.dev, others.dev), prod: joined(plans.prod, others.prod) };
      const reach = reachDelta(pairOf({ sensitive, plans }, { sensitive, plans: more }));
      expect(reach.lostTotal).toBe(0);
      expect(reach.gained.some(({ path }) => path.length === 2)).toBe(reach.gainedTotal > 0);
    }),
    runs,
  );
});
