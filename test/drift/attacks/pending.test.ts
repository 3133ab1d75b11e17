import { expect, test } from "vitest";
import { bind } from "../../access/tiny-world.ts";
import { oneEdge } from "../cases/drift-case.ts";
import { driftOf } from "../drift-of.ts";
import { live, invoker, sa, world } from "../live-world.ts";

// Grants that hide behind an apply that is outstanding.

const applied = { stale: new Set(["prod"]), hasMember: () => true };
const dana = "user:dana@acme.example";

test.each([
  ["of its own with a condition", bind("roles/run.invoker", dana, "true")],
  ["to everybody with a condition", bind("roles/run.invoker", "allUsers", "true")],
  ["of another role", bind("roles/run.developer", dana)],
])("Terraform takes no grant away %s", (_, binding) => {
  const services = [live("checkout"), live("billing", [invoker(sa("checkout")), binding])];
  const open = driftOf(oneEdge, world({ services }), { applied }).findings.filter(
    ({ severity }) => severity === "error",
  );
  expect(open.length).toBeGreaterThan(0);
  expect(open.map(({ pending }) => pending)).not.toContain(true);
});
