import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { canonicalJson } from "../../src/words/canonical-json.ts";
import { temporaryFolder } from "../cli/test-io.ts";
import { adopt, ROOT } from "./adopt-of.ts";
import { expectEmptyPlan } from "./empty-plan.ts";
import { adoptIn, runIn, synthesizedIn, takeSnapshot } from "./first-day.ts";
import { fleet, hostileExtras } from "./fleet.ts";
import type { HostileExtra } from "./fleet-hostile.ts";
import { isClosed } from "./held-rows.ts";

// Worlds that no example would have: the same first day, and names that a person can read.

/** Extras in which something may not be read. Whoever adopts them must not believe that this was all. */
const closed: ReadonlySet<HostileExtra> = new Set(["unread-policies", "several-roles", "odd-grants", "withcond-roles"]);

/** Adopts, validates, judges and synthesizes the snapshot that is in the folder. */
async function expectFirstDay(folder: string, exit: 0 | 3): Promise<void> {
  const { code, answer } = await adoptIn(folder, "prod");
  expect([code, answer.errors, answer.complete]).toEqual([exit, 0, exit === 0]);
  const validated = await runIn(folder, "validate", "matrix.yaml", "--quiet");
  expect([validated.stderr, validated.code]).toEqual([expect.not.stringMatching(/^.*error/m), 0]);
  const drift = await runIn(folder, "drift", "matrix.yaml", "--env", "prod", "--snapshot", "prod.snapshot.json");
  expect(drift.code).toBe(exit);
  expect(drift.stdout).toMatch(exit === 0 ? /no drift/ : /INCOMPLETE/);
  if (exit === 3) expect(drift.stdout).not.toMatch(/no drift|prod: complete/);
}

describe("a fleet with", () => {
  test.each(hostileExtras)("%s has its first day", async (extra) => {
    const folder = temporaryFolder();
    const snapshot = fleet({ seed: 21, services: 3, projects: 2, regions: 2, hostile: [extra] });
    writeFileSync(join(folder, "prod.snapshot.json"), canonicalJson(snapshot));
    expect(isClosed(snapshot)).toBe(closed.has(extra));
    await expectFirstDay(folder, closed.has(extra) ? 3 : 0);
    expectEmptyPlan(await synthesizedIn(folder), snapshot);
  });

  test("everything that is hostile has one from the cloud to the plan, and a second run changes nothing", async () => {
    const folder = temporaryFolder();
    const snapshot = await takeSnapshot(folder, fleet({ seed: 22, services: 20, hostile: hostileExtras }));
    expect(isClosed(snapshot)).toBe(true);
    await expectFirstDay(folder, 3);
    const plan = await synthesizedIn(folder);
    expectEmptyPlan(plan, snapshot);
    expect((await synthesizedIn(folder, "--imports=prod.snapshot.json")).imports).toEqual(plan.imports);
    const { code, answer } = await adoptIn(folder, "prod", "--check");
    expect([code, answer.files.some(({ changed }) => changed)]).toEqual([3, false]);
  });
});

describe("names", () => {
  const named: readonly HostileExtra[] = [
    ...([
      "two-on-one-account",
      "same-name-in-two-projects",
      "named-like-callers",
      "five-regions",
      "calls-itself",
    ] as const),
    ...(["long-names", "withcond-roles", "sets-of-principals"] as const),
  ];
  const small = { seed: 21, services: 0, projects: 2, regions: 1 } as const;

  test("that collide still say what they are: the adopted matrix is in golden/hostile.yaml", async () => {
    const { files } = adopt(fleet({ ...small, hostile: named }));
    await expect(files[ROOT]).toMatchFileSnapshot("golden/hostile.yaml");
  });

  test.each([
    ["services/internet", "internet-service"],
    ["services/any", "any-service"],
    ["services/null", "null"],
    ["services/constructor", "constructor"],
    ["services/double of data", "double-service"],
    ["services/double of core", "double"],
    ["jobs/double of core", "double-job"],
    ["services/dana", "dana"],
  ])("%s is called %s, with whatever else there is and in whatever order it came", (path, key) => {
    const extras: readonly HostileExtra[] = ["reserved-names", "same-name-in-two-projects", "named-like-callers"];
    const all = fleet({ ...small, hostile: extras });
    const turned = { ...all, projects: all.projects.toReversed() };
    for (const { adoption } of [adopt(all), adopt(turned)]) {
      const [resource = "", project = "core"] = path.split(" of ");
      const found = adoption.found.find(
        ({ instances: [first] }) => first.resource.endsWith(resource) && first.project === `acme-${project}-prod`,
      );
      expect(found?.key).toBe(key);
    }
  });

  test("stay, whatever comes and goes around them", () => {
    const first = adopt(fleet({ ...small, hostile: ["same-name-in-two-projects"] }));
    const keysOf = ({ adoption }: ReturnType<typeof adopt>): ReadonlyMap<string, string> =>
      new Map(adoption.found.flatMap(({ key, instances }) => instances.map(({ resource }) => [resource, key])));
    const more = adopt(fleet({ ...small, hostile: ["same-name-in-two-projects", ...named] }), { into: first.files });
    for (const [resource, key] of keysOf(first)) expect(keysOf(more).get(resource)).toBe(key);
    const all = adopt(fleet({ ...small, hostile: named }));
    const fewer = adopt(fleet({ ...small, hostile: ["five-regions"] }), { into: all.files });
    for (const [resource, key] of keysOf(fewer)) expect(keysOf(all).get(resource)).toBe(key);
  });
});
