import { expect } from "vitest";
import type { Snapshot } from "../../src/snapshot/snapshot.ts";
import { pathOf, type Synthesized } from "../synth/read-synthesized.ts";
import { heldAccounts, heldRows, writtenRows } from "./held-rows.ts";

/** Makes sure that the first plan imports all that Terraform can hold as it is, and changes nothing. */
export function expectEmptyPlan(plan: Synthesized, snapshot: Snapshot): void {
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
