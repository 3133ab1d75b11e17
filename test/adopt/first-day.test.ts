import { describe, expect, test } from "vitest";
import type { Snapshot } from "../../src/snapshot/snapshot.ts";
import { temporaryFolder } from "../cli/test-io.ts";
import { pathOf, type Synthesized } from "../synth/read-synthesized.ts";
import { adoptIn, type AdoptAnswer, runIn, synthesizedIn, takeSnapshot } from "./first-day.ts";
import { heldAccounts, heldRows, writtenRows } from "./held-rows.ts";
import { fleet } from "./fleet.ts";

// The whole first day through the command line: a cloud is read, adopted, judged and synthesized. What Terraform would
// plan is compared with the policies of the snapshot by test/adopt/held-rows.ts, which knows nothing of adopting.

/** Makes sure that the first plan imports all that Terraform can hold as it is, and changes nothing. */
function expectEmptyPlan(plan: Synthesized, snapshot: Snapshot): void {
  expect(writtenRows(plan)).toEqual(heldRows(snapshot));
  expect(plan.rows.filter(({ authority }) => authority !== "binding")).toEqual([]);
  expect(plan.accounts.map(({ email }) => email).sort()).toEqual(heldAccounts(snapshot));
  for (const { project, email, ignored, disabled } of plan.accounts) {
    expect(email.endsWith(`@${project}.iam.gserviceaccount.com`)).toBe(true);
    expect(ignored).toEqual(expect.arrayContaining(["description", "disabled", "display_name"]));
    expect(disabled).toBe(false);
  }
  expect(plan.services).toEqual([]);
  const forgotten = new Set(plan.forgotten);
  expect([...plan.rows, ...plan.accounts].filter(({ address }) => forgotten.has(address))).toEqual([]);
  const imported = plan.imports.map((each) => {
    switch (each.what) {
      case "account":
        return `${each.address} ${each.project} ${each.email}`;
      case "row":
        return `${each.address} ${pathOf(each)} ${each.role}`;
      case "service":
      case "member":
        throw new Error(`${each.address} is imported`);
    }
  });
  const declared = [
    ...plan.accounts.map(({ address, project, email }) => `${address} ${project} ${email}`),
    ...plan.rows.map((row) => `${row.address} ${pathOf(row)} ${row.role}`),
  ];
  expect(imported.toSorted()).toEqual(declared.toSorted());
}

async function firstDay(folder: string, wanted: Snapshot): Promise<{ snapshot: Snapshot; answer: AdoptAnswer }> {
  const snapshot = await takeSnapshot(folder, wanted);
  const { code, answer } = await adoptIn(folder, "prod");
  expect(answer).toMatchObject({ complete: true, errors: 0, absent: [], kept: [] });
  expect(code).toBe(0);
  const validated = await runIn(folder, "validate", "matrix.yaml");
  expect([validated.stderr.split("\n").filter((line) => /error/.test(line)), validated.code]).toEqual([[], 0]);
  const drift = await runIn(folder, "drift", "matrix.yaml", "--env", "prod", "--snapshot", "prod.snapshot.json");
  expect([drift.stdout, drift.code]).toEqual([expect.stringContaining("no drift"), 0]);
  return { snapshot, answer };
}

describe("the first day of a company", () => {
  test.each([
    [11, 10],
    [12, 40],
    [13, 300],
  ])("of seed %i with %i services ends with a plan that changes nothing", async (seed, services) => {
    const folder = temporaryFolder();
    const { snapshot, answer } = await firstDay(folder, fleet({ seed, services }));
    const plan = await synthesizedIn(folder);
    expectEmptyPlan(plan, snapshot);
    expect(answer.found.importable + answer.observed.length).toBe(answer.found.services);
    expect(plan.rows.length).toBeGreaterThanOrEqual(answer.found.importable);
    expect((await synthesizedIn(folder, "--imports=always")).imports).toEqual(plan.imports);
    expect((await synthesizedIn(folder, "--imports=prod.snapshot.json")).imports).toEqual(plan.imports);
    expect((await synthesizedIn(folder, "--imports=never")).imports).toEqual([]);
  });
});
