import { expect, test } from "vitest";
import { invoker, live, sa, world } from "../drift/live-world.ts";
import { matrix } from "../drift/cases/drift-case.ts";
import { sourceOf, told } from "./asking.ts";
import { billing, shop } from "./billing.ts";

test("by the matrix alone a pair is declared, expired or public", () => {
  const text = matrix(`
services:
  checkout: {}
  billing: {}
  status: { public: { reason: Anybody may look } }
  old: { retired: 2026-01-01 }
trust:
  checkout -> billing: { reason: Charges, expires: 2026-01-31 }
  billing -> checkout: Answers
  checkout -> old: Asked
`);
  const { grid } = sourceOf(text, null);
  expect(told(grid)).toEqual([
    "billing <- checkout: expired",
    "checkout <- billing: declared",
    "old <- checkout: expired",
    "status <- internet: public",
  ]);
  expect(grid.callers.map(({ id }) => id)).toEqual(["internet", "billing", "checkout", "old", "status"]);
  expect(grid.live).toBeNull();
  expect(grid.cells[0]?.edges).toMatchObject([
    { key: "checkout -> billing", holds: "expired", reason: "Charges", expires: "2026-01-31", span: { line: 10 } },
  ]);
});

test("what is declared is agreed, missing, or unsure", () => {
  expect(billing({ grants: [invoker(sa("checkout"))] })).toEqual(["checkout: agreed allowed"]);
  expect(billing({})).toEqual(["checkout: missing no"]);
  expect(billing({ services: [live("checkout")] })).toEqual(["checkout: missing no"]);
  const unread = { ...live("billing"), policy: { status: "denied" as const, reason: "no" } };
  expect(billing({ services: [live("checkout"), unread] })).toEqual(["checkout: unsure unknown"]);
});

test("whoever may since everybody may is not missing, and not as declared", () => {
  const open = matrix(
    "services: { checkout: {}, billing: { public: { reason: Open } } }\ntrust:\n  checkout -> billing: Charges\n",
  );
  expect(billing({ grants: [invoker("allUsers")] }, open)).toEqual([
    "internet: public allowed",
    "checkout: beyond allowed",
  ]);
  expect(billing({ grants: [invoker(sa("checkout"))] }, open)).toEqual([
    "internet: missing no",
    "checkout: agreed allowed",
  ]);
});

test("what nobody declared is undeclared, perhaps, inherited or accepted", () => {
  const row = invoker(sa("checkout"));
  expect(billing({ grants: [row, invoker("user:eve@acme.example", "group:oncall@acme.example")] })).toEqual([
    "checkout: agreed allowed",
    "oncall: undeclared allowed",
    "user:eve@acme.example: undeclared allowed",
  ]);
  const inherited = `${shop}inherited:\n  ops: { principal: "user:eve@acme.example", role: roles/run.invoker, at: [projects/acme-prod], reason: On call, owner: sre }\n`;
  const above = { grants: [row], bindings: [invoker("user:eve@acme.example")] };
  expect(billing(above)).toEqual(["checkout: agreed allowed", "user:eve@acme.example: undeclared allowed"]);
  expect(billing(above, inherited)).toEqual(["checkout: agreed allowed", "user:eve@acme.example: inherited allowed"]);
  const accepted = `${shop}exceptions:\n  - { id: EX-1, rule: undeclared-caller, match: { principal: "user:eve@acme.example" }, reason: Migration, owner: sre, expires: 2099-01-31 }\n`;
  expect(billing({ grants: [row, invoker("user:eve@acme.example")] }, accepted)).toEqual([
    "checkout: agreed allowed",
    "user:eve@acme.example: accepted allowed",
  ]);
  const unknownRole = { role: "projects/acme-prod/roles/odd", members: ["user:eve@acme.example"] };
  expect(billing({ grants: [row, unknownRole] })).toContain("user:eve@acme.example: unknown unknown");
});

test("an edge that expired and is still granted is undeclared; one that went is expired", () => {
  const expired = shop.replace("Charges", "{ reason: Charges, expires: 2026-01-31 }");
  expect(billing({ grants: [invoker(sa("checkout"))] }, expired)).toEqual(["checkout: undeclared allowed"]);
  expect(billing({}, expired)).toEqual(["checkout: expired no"]);
});

test("whoever is in a set is told under the set, unless the matrix names it", () => {
  const groups = [
    {
      email: "oncall@acme.example",
      members: { status: "read" as const, value: ["user:eve@acme.example", sa("checkout")] },
    },
  ];
  const grants = [invoker("group:oncall@acme.example")];
  // It may call, and not by a grant of its own.
  expect(billing({ grants, groups })).toEqual(["checkout: beyond allowed", "oncall: undeclared allowed"]);
  const declared = shop.replace("checkout -> billing", "oncall -> billing");
  expect(billing({ grants, groups }, declared)).toEqual(["checkout: agreed allowed", "oncall: agreed allowed"]);
});

test("a service that the matrix does not name is a callee by its resource, also where nobody may call it", () => {
  const { grid } = sourceOf(shop, world({ services: [live("checkout"), live("billing"), live("shadow")] }));
  const resource = "projects/acme-prod/locations/europe-west1/services/shadow";
  expect(grid.callees.map(({ id, key }) => [id, key])).toEqual([
    ["billing", "billing"],
    ["checkout", "checkout"],
    [resource, null],
  ]);
  expect(grid.callees.at(-1)).toMatchObject({
    account: "shadow-sa@acme-prod.iam.gserviceaccount.com",
    kind: "service",
  });
});

test("a caller that lacks one of several regions is missing", () => {
  const two = shop.replace("billing: {}", "billing: { regions: [europe-west1, us-central1] }");
  const row = [invoker(sa("checkout"))];
  const both = [live("checkout"), live("billing", row), live("billing", row, { region: "us-central1" })];
  const half = [live("checkout"), live("billing", row), live("billing", [], { region: "us-central1" })];
  expect(billing({ services: both }, two)).toEqual(["checkout: agreed allowed"]);
  expect(billing({ services: half }, two)).toEqual(["checkout: missing allowed"]);
});
