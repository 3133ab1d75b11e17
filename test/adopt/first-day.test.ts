import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Snapshot } from "../../src/snapshot/snapshot.ts";
import { temporaryFolder } from "../cli/test-io.ts";
import { edited } from "./edited.ts";
import { expectEmptyPlan } from "./empty-plan.ts";
import { adoptIn, type AdoptAnswer, runIn, synthesizedIn, takeSnapshot } from "./first-day.ts";
import { fleet } from "./fleet.ts";
import { heldRows } from "./held-rows.ts";
import { stateOf } from "./state-of.ts";

// The whole first day through the command line: a cloud is read, adopted, judged and synthesized. What Terraform would
// plan is compared with the policies of the snapshot by test/adopt/held-rows.ts, which knows nothing of adopting.

/** Adopts what is in the folder, and makes sure that nothing is wrong with it and nothing differs from it. */
async function adoptCleanly(folder: string, ...flags: readonly string[]): Promise<AdoptAnswer> {
  const { code, answer } = await adoptIn(folder, "prod", ...flags);
  expect(answer).toMatchObject({ complete: true, errors: 0, absent: [], kept: [], contested: [] });
  expect(code).toBe(0);
  const validated = await runIn(folder, "validate", "matrix.yaml");
  expect([validated.stderr.split("\n").filter((line) => /error/.test(line)), validated.code]).toEqual([[], 0]);
  const drift = await runIn(folder, "drift", "matrix.yaml", "--env", "prod", "--snapshot", "prod.snapshot.json");
  expect([drift.stdout, drift.code]).toEqual([expect.stringContaining("no drift"), 0]);
  return answer;
}

test("ten services: the first plan imports each row and account as it is, by default, always, and by the snapshot", async () => {
  const folder = temporaryFolder();
  const snapshot = await takeSnapshot(folder, fleet({ seed: 11, services: 10 }));
  const { found, observed } = await adoptCleanly(folder);
  expect(found.importable + observed.length).toBe(found.services);
  const plan = await synthesizedIn(folder);
  expectEmptyPlan(plan, snapshot);
  expect((await synthesizedIn(folder, "--imports=always")).imports).toEqual(plan.imports);
  expect((await synthesizedIn(folder, "--imports=prod.snapshot.json")).imports).toEqual(plan.imports);
  expect((await synthesizedIn(folder, "--imports=never")).imports).toEqual([]);
});

test("forty services in files of their owners, of which other Terraform has one row: that one is left alone", async () => {
  const folder = temporaryFolder();
  const snapshot = await takeSnapshot(folder, fleet({ seed: 12, services: 40, projects: 2, regions: 3 }));
  const { path, state, without } = takeOne(snapshot);
  writeFileSync(join(folder, "theirs.json"), state);
  const { observed } = await adoptCleanly(folder, "--split-by", "team", "--state", "theirs.json");
  expect(observed.flatMap(({ why }) => why).join()).toContain("callers in theirs.json");
  expect(heldRows(without).length).toBe(heldRows(snapshot).length - 1);
  const plan = await synthesizedIn(folder);
  expectEmptyPlan(plan, without);
  expect(JSON.stringify(plan.imports)).not.toContain(path);
});

/** A row of a service in several regions, the state of others that manages it in one of them, and the rest. */
function takeOne(snapshot: Snapshot): { readonly path: string; readonly state: string; readonly without: Snapshot } {
  const places = heldRows(snapshot).flatMap((row) => {
    const [path = "", role = ""] = row.split(" ");
    const [, project, , location, kinds, name] = path.split("/");
    return kinds === "services" ? [{ path, role, project, location, name }] : [];
  });
  const taken = places.find(({ name }) => places.filter((other) => other.name === name).length > 2);
  if (taken === undefined) throw new Error("nothing is in three regions");
  const { path, role, project, location, name } = taken;
  const without = edited(snapshot, ({ projects }) => {
    for (const { services } of projects)
      for (const record of services.value)
        if (record.name === name && record.region === location) record.policy.status = "partial";
  });
  const attributes = { project, location, name, role, members: [] };
  return { path, state: stateOf(["google_cloud_run_v2_service_iam_binding", "callers", attributes]), without };
}

test("three hundred services", async () => {
  const folder = temporaryFolder();
  const snapshot = await takeSnapshot(folder, fleet({ seed: 13, services: 300 }));
  const { found } = await adoptCleanly(folder);
  const plan = await synthesizedIn(folder);
  expectEmptyPlan(plan, snapshot);
  expect(plan.rows.length).toBeGreaterThanOrEqual(found.importable);
  expect(plan.rows.length).toBeGreaterThan(250);
});
