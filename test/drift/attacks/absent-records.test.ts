import { expect, test } from "vitest";
import type { Snapshot } from "../../../src/snapshot/snapshot.ts";
import { oneEdge } from "../cases/drift-case.ts";
import { driftOf } from "../drift-of.ts";
import { email, invoker, live, sa, world } from "../live-world.ts";

// Snapshots from which a record was taken out: what is not in them was not read, and is not empty.

const whole = world({ services: [live("checkout"), live("billing", [invoker(sa("checkout"))])] });

const cuts: Readonly<Record<string, Partial<Snapshot>>> = {
  "a container": { containers: [] },
  "a project": { projects: [] },
  "a role": { roles: whole.roles.filter(({ name }) => name !== "roles/run.invoker") },
  "an account that the project lists": {
    accounts: whole.accounts.filter((account) => account.email !== email("checkout-sa")),
  },
  "the policy of an account that the project lists": {
    accounts: whole.accounts.map(({ email: address, details }) => ({ email: address, details })),
  },
};

test.each(Object.entries(cuts))("without %s it is not complete", (_, cut) => {
  expect(driftOf(oneEdge, whole).complete).toBe(true);
  const { complete, unread } = driftOf(oneEdge, { ...whole, ...cut });
  expect(complete).toBe(false);
  expect(unread.map(({ status }) => status)).toContain("missing");
});

test("a service hangs on the account of its caller", () => {
  const { unread } = driftOf(oneEdge, { ...whole, accounts: [] });
  expect(unread.find(({ resource }) => resource === email("checkout-sa"))?.services).toEqual(["billing"]);
});
