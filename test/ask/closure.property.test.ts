import * as fc from "fast-check";
import { expect, test } from "vitest";
import { blastRadius } from "../../src/ask/blast-radius.ts";
import { canCall } from "../../src/ask/can-call.ts";
import { listCells } from "../../src/ask/list-cells.ts";
import { stepsDeclared, stepsLive } from "../../src/ask/steps.ts";
import { whoCanCall } from "../../src/ask/who-can-call.ts";
import { invoker, live, sa, world } from "../drift/live-world.ts";
import { sourceOf } from "./asking.ts";

// Answers are held against a closure that is worked out the slow way, from what was drawn.

const services = ["ads", "billing", "cart", "depot", "email"];
const names = [...services, "person"];
type Call = readonly [caller: string, callee: string];

const calls = fc.uniqueArray(fc.tuple(fc.constantFrom(...names), fc.constantFrom(...services)), {
  selector: (call) => call.join(),
  maxLength: 9,
});
const shop = fc.record({ calls, open: fc.subarray(services, { maxLength: 2 }) });

interface Shop {
  readonly calls: readonly Call[];
  readonly open: readonly string[];
}

function textOf({ calls: declared, open }: Shop): string {
  const edges = declared.filter(([caller, callee]) => caller !== callee);
  return [
    "version: 1",
    'environments: { prod: { project: acme-prod, number: "111111111111", regions: [europe-west1] } }',
    "services:",
    ...services.map((name) => `  ${name}: { ${open.includes(name) ? "public: { reason: Open }" : ""} }`),
    "callers: { person: { user: person@acme.example } }",
    "trust:",
    ...edges.map(([caller, callee]) => `  ${caller} -> ${callee}: Calls`),
    ...(edges.length === 0 ? ["  x-none: nothing"] : []),
    "",
  ].join("\n");
}

function snapshotOf({ calls: granted, open }: Shop) {
  const member = (name: string): string => (name === "person" ? "user:person@acme.example" : sa(name));
  return world({
    services: services.map((name) => {
      const members = granted.filter(([, callee]) => callee === name).map(([caller]) => member(caller));
      return live(name, [invoker(...members, ...(open.includes(name) ? ["allUsers"] : []))]);
    }),
  });
}

/** How many calls it takes from each to each, by trying out every call again and again. */
function naive({ calls: drawn, open }: Shop): (caller: string, callee: string) => number | undefined {
  const everyone = [...names, "internet"];
  const steps = [...drawn, ...everyone.flatMap((caller) => open.map((callee): Call => [caller, callee]))].filter(
    ([caller, callee]) => caller !== callee,
  );
  const distances = new Map<string, number>(steps.map((step) => [step.join(), 1]));
  for (let round = 0; round < everyone.length; round++) {
    for (const [key, distance] of distances) {
      const [start = "", end = ""] = key.split(",");
      for (const [caller, callee] of steps) {
        if (caller !== end || callee === start) continue;
        const longer = `${start},${callee}`;
        distances.set(longer, Math.min(distances.get(longer) ?? Number.POSITIVE_INFINITY, distance + 1));
      }
    }
  }
  return (caller, callee) => distances.get(`${caller},${callee}`);
}

const agreed = (said: Shop, shown: Shop | null): void => {
  const source = sourceOf(textOf(said), shown === null ? null : snapshotOf(shown));
  const { grid } = source;
  const truth = naive(shown ?? said);
  const steps =
    source.drift === null ? stepsDeclared(source.world) : stepsLive(source.drift, source.world, source.judge);
  for (const caller of [...names, "internet"]) {
    const reached = new Map(blastRadius(source, caller).reached.map((line) => [line.callee, line]));
    for (const callee of services) {
      if (caller === callee) continue;
      const distance = truth(caller, callee);
      expect(canCall(source, caller, callee, true).answer).toBe(distance === undefined ? "no" : "yes");
      expect(canCall(source, caller, callee, false).answer).toBe(distance === 1 ? "yes" : "no");
      const line = reached.get(callee);
      expect((shown === null ? line?.declared : line?.live)?.distance).toBe(distance);
    }
  }
  for (const callee of services) {
    const lines = whoCanCall(grid, callee, steps)?.callers ?? [];
    const found = lines.filter(
      ({ state, distance, verdict }) =>
        distance > 1 || verdict === "allowed" || (verdict === null && state !== "expired"),
    );
    // Everybody is told once, as everybody.
    const alone = naive({ ...(shown ?? said), open: [] });
    const open = (shown ?? said).open;
    for (const caller of names) {
      if (caller === callee || open.includes(callee) || open.length > 0) continue;
      expect(found.find((line) => line.caller === caller)?.distance).toBe(alone(caller, callee));
    }
    expect(found.some(({ caller }) => caller === "internet")).toBe(truth("internet", callee) !== undefined);
  }
  const pairs = listCells(grid, steps, false).through?.listed ?? [];
  for (const { caller, callee, distance } of pairs) expect(truth(caller, callee)).toBeLessThanOrEqual(distance);
};

test("what the matrix says is the closure of its edges", () => {
  fc.assert(
    fc.property(shop, (said) => agreed(said, null)),
    { numRuns: 40 },
  );
});

test("what is live is the closure of the grants, whatever the matrix says", () => {
  fc.assert(
    fc.property(shop, shop, (said, shown) => agreed(said, shown)),
    { numRuns: 25 },
  );
});

test("every way is one that can be gone", () => {
  fc.assert(
    fc.property(shop, (said) => {
      const source = sourceOf(textOf(said), null);
      const truth = naive(said);
      for (const name of names)
        for (const { declared } of blastRadius(source, name).reached)
          for (const [index, to] of (declared?.path.slice(1) ?? []).entries())
            expect(truth(declared?.path[index] ?? "", to)).toBe(1);
    }),
    { numRuns: 30 },
  );
});
