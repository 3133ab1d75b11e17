import * as fc from "fast-check";
import { expect, test } from "vitest";
import { neverDelta } from "../../../src/diff/never-delta.ts";
import type { Matrix } from "../../../src/matrix/model/matrix.ts";
import { keyAt } from "../../../src/matrix/text/place.ts";
import { groupBy } from "../../../src/words/group-by.ts";
import { matrixOf } from "../../matrix/in-memory.ts";

// What newly breaks, from the definition alone: every walk without a repeated name, in both versions.

const names = ["a", "b", "c", "d"];
type Step = readonly [caller: string, callee: string];

interface Version {
  readonly steps: readonly Step[];
  readonly rule: Rule | undefined;
  readonly excepted: readonly Step[];
}

interface Rule {
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly reach: "direct" | "transitive";
}

const step = fc.tuple(fc.constantFrom(...names), fc.constantFrom(...names)).filter(([a, b]) => a !== b);
const version: fc.Arbitrary<Version> = fc
  .record({
    steps: fc.uniqueArray(step, { maxLength: 6, selector: String }),
    rule: fc.option(
      fc.record({
        from: fc.subarray(names, { minLength: 1 }),
        to: fc.subarray(names, { minLength: 1 }),
        reach: fc.constantFrom("direct", "transitive"),
      }),
      { nil: undefined, freq: 6 },
    ),
    excepted: fc.array(fc.nat(), { maxLength: 3 }),
  })
  .map(({ steps, rule, excepted }) => ({
    steps,
    rule,
    excepted: steps.length === 0 ? [] : excepted.flatMap((index) => [steps[index % steps.length] ?? ["a", "b"]]),
  }));

/** Building a matrix from text takes longest; all that differs is put into this one. */
const whole = matrixOf({
  version: 1,
  environments: { prod: { project: "acme-prod", regions: ["europe-west1"] } },
  services: Object.fromEntries(names.map((name) => [name, {}])),
  trust: { "a -> b": "x" },
});

function matrixFrom({ steps, rule, excepted }: Version): Matrix {
  const place = keyAt("matrix.yaml");
  return {
    ...whole,
    rules: rule === undefined ? [] : [{ key: "fence", value: { reason: "x", never: rule }, place }],
    exceptions: excepted.map(([caller, service], index) => {
      const id = `E${index}`;
      const text = { owner: "payments", reason: "until the move is done", expires: "2027-01-01" };
      return { key: id, value: { id, rule: "fence", match: { caller, service }, ...text }, place };
    }),
    worlds: whole.worlds.map((world) => {
      const holding = world.holding.flatMap((edge) => steps.map(([caller, callee]) => ({ ...edge, caller, callee })));
      return { ...world, edges: holding, holding };
    }),
  };
}

function walks({ steps, rule }: Version, isSingle: boolean): readonly (readonly string[])[] {
  const from = (path: readonly string[]): readonly (readonly string[])[] =>
    steps
      .filter(([caller, callee]) => caller === path.at(-1) && !path.includes(callee))
      .flatMap(([, callee]) => [[...path, callee], ...(isSingle ? [] : from([...path, callee]))]);
  return (rule?.from ?? []).flatMap((name) => from([name])).filter((path) => rule?.to.includes(path.at(-1) ?? ""));
}

interface State {
  readonly state: "broken" | "excused";
  /** Of the shortest path. */
  readonly length: number;
  readonly lastSteps: ReadonlySet<string>;
}

/** What is broken and what is excused, told by what the later rule tells breaks by. */
function states(each: Version, later: Version): ReadonlyMap<string, State> {
  const isSingle = each.rule?.reach === "direct" || later.rule?.reach === "direct";
  const bySubject = groupBy(walks(each, isSingle), (path) =>
    later.rule?.reach === "direct" ? path.join(" ") : (path.at(-1) ?? ""),
  );
  const isExcepted = (path: readonly string[]): boolean =>
    each.excepted.some(([caller, callee]) => path.join(" ").includes(`${caller} ${callee}`));
  return new Map(
    [...bySubject].map(([subject, all]) => {
      const open = all.filter((path) => !isExcepted(path));
      const paths = open.length > 0 ? open : all;
      return [
        subject,
        {
          state: open.length > 0 ? "broken" : "excused",
          length: Math.min(...paths.map((path) => path.length)),
          lastSteps: new Set(paths.map((path) => path.slice(-2).join(" "))),
        },
      ];
    }),
  );
}

function isNew(is: State, was: State | undefined): boolean {
  return (
    was?.state !== is.state || is.length < was.length || [...is.lastSteps].some((last) => !was.lastSteps.has(last))
  );
}

test("newly broken and newly excused: exactly what differs by the definition", () => {
  const told = { broken: 0, excused: 0, again: 0 };
  fc.assert(
    fc.property(version, version, fc.boolean(), (first, after, isSameRule) => {
      const before = isSameRule ? { ...first, rule: after.rule } : first;
      const was = states(before, after);
      const expected = [...states(after, after)]
        .filter(([subject, is]) => isNew(is, was.get(subject)))
        .map(([subject, { state }]) => `${state} ${subject}`);
      const [old, now] = [matrixFrom(before), matrixFrom(after)];
      const worlds = [{ environment: "prod", before: old.worlds[0], after: now.worlds[0] }];
      const changes = neverDelta({ before: old, after: now, renames: new Map(), worlds });
      const lines = changes.map(({ path, state, by }) => {
        expect(by !== null).toBe(state === "excused");
        expect(walks(after, after.rule?.reach === "direct").map(String)).toContain(String(path));
        const earlier = was.get(path.at(-1) ?? "");
        // Of what was broken, the path says what is new.
        if (after.rule?.reach === "transitive" && earlier?.state === state) {
          told.again++;
          expect(path.length < earlier.length || !earlier.lastSteps.has(path.slice(-2).join(" "))).toBe(true);
        }
        if (state !== "lifted") told[state]++;
        return `${state} ${after.rule?.reach === "direct" ? path.join(" ") : path.at(-1)}`;
      });
      expect(lines.toSorted()).toEqual(expected.sort());
    }),
    { numRuns: 1_000, seed: 7, endOnFailure: true },
  );
  // What was generated holds enough of both.
  expect(told.broken).toBeGreaterThan(150);
  expect(told.excused).toBeGreaterThan(150);
  expect(told.again).toBeGreaterThan(30);
});
