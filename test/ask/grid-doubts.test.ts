import { expect, test } from "vitest";
import { invoker, live, sa, world } from "../drift/live-world.ts";
import { sourceOf, told } from "./asking.ts";
import { billing, changed, shop, whole } from "./billing.ts";

test("a list that was not read hides what was not found, whatever else was found in the project", () => {
  const found = { services: [live("checkout")], jobs: [live("nightly", [], { kind: "job" })] };
  expect(whole(world(found))).toEqual(["checkout: missing no", "complete"]);
  const partial = { status: "partial", value: [live("checkout")], reason: "us is unreachable" } as const;
  expect(whole(changed(world(found), { services: partial }))).toEqual(["checkout: unsure unknown", "incomplete"]);
  const denied = { status: "denied", reason: "403" } as const;
  expect(whole(changed(world(found), { services: denied }))).toEqual(["checkout: unsure unknown", "incomplete"]);
  // Of jobs a list of services says nothing, and the other way round.
  expect(whole(changed(world({ services: found.services }), { jobs: denied })).slice(0, 1)).toEqual([
    "checkout: missing no",
  ]);
  const job = shop.replace("billing: {}", "billing: { kind: job }");
  expect(whole(changed(world(found), { jobs: denied }), job)).toEqual(["checkout: unsure unknown", "incomplete"]);
});

test("a service is called where the matrix does not have it, too", () => {
  const services = [
    live("checkout"),
    live("billing"),
    live("billing", [invoker("allUsers")], { region: "us-central1" }),
  ];
  const { grid } = sourceOf(shop, world({ services }));
  expect(told(grid)).toEqual(["billing <- internet: undeclared allowed", "billing <- checkout: missing allowed"]);
  expect(grid.callees.map(({ id, undeclaredRegions }) => [id, undeclaredRegions])).toEqual([
    ["billing", ["us-central1"]],
    ["checkout", []],
  ]);
  const [cell] = grid.cells;
  expect(cell?.findings.map((index) => grid.findings[index]?.rule)).toContain("public-undeclared");
});

test("who passes a proxy on a load balancer is not known", () => {
  const text = shop
    .replace("billing: {}", "billing: { iap: load-balancer }")
    .replace("Charges", "{ reason: Charges, through: iap }");
  const services = [live("checkout"), live("billing")];
  expect(whole(world({ services }), text)).toEqual(["checkout: unsure unknown", "incomplete"]);
});

test("what is above the scope goes with the answer and is no part of its completeness", () => {
  const project = { details: { status: "read", value: { number: "111111111111", parent: "folders/7" } } } as const;
  const services = [live("checkout"), live("billing", [invoker(sa("checkout"))])];
  const snapshot = world({ services, project });
  expect(whole(snapshot)).toEqual(["checkout: agreed allowed", "complete"]);
  expect(sourceOf(shop, snapshot).grid.live?.horizon).toMatchObject([{ resource: "folders/7", read: false }]);
});

test("a declared pair that more or something else opens is beyond what is declared", () => {
  const row = invoker(sa("checkout"));
  const condition = { title: "t", expression: "resource.name == 'x'" };
  const moved = shop.replace(
    "checkout: {}",
    'checkout: { previousAccounts: [{ email: "old-sa@acme-prod.iam.gserviceaccount.com", until: 2026-01-31 }] }',
  );
  const open = shop.replace("billing: {}", "billing: { public: { reason: Open } }");
  expect(billing({ grants: [row], bindings: [row] })).toEqual(["checkout: beyond allowed"]);
  expect(billing({ bindings: [row] })).toEqual(["checkout: beyond allowed"]);
  expect(billing({ grants: [row, invoker(sa("old"))] }, moved)).toEqual(["checkout: beyond allowed"]);
  // The sure way is another.
  expect(billing({ grants: [{ ...row, condition }, invoker("allUsers")] })).toEqual([
    "internet: undeclared allowed",
    "checkout: beyond allowed",
  ]);
  expect(billing({ grants: [row], bindings: [invoker("allUsers")] }, open)).toEqual([
    "internet: beyond allowed",
    "checkout: agreed allowed",
  ]);
  const accepted = `${shop}exceptions:\n  - { id: EX-1, rule: undeclared-caller-inherited, match: { principal: "${sa("checkout")}" }, reason: Migration, owner: sre, expires: 2099-01-31 }\n`;
  expect(billing({ grants: [row], bindings: [row] }, accepted)).toEqual(["checkout: agreed allowed"]);
});

test("whose edge ended gets in with everybody all the same", () => {
  const ended = shop.replace("Charges", "{ reason: Charges, expires: 2026-01-31 }");
  const open = ended.replace("billing: {}", "billing: { public: { reason: Open } }");
  expect(billing({ grants: [invoker("allUsers")] }, open)).toEqual([
    "internet: public allowed",
    "checkout: expired allowed",
  ]);
});

test("what runs as another account may call as that", () => {
  const other = sa("other").replace("serviceAccount:", "");
  const services = [live("checkout", [], { account: other }), live("billing", [invoker(sa("other"))])];
  const { grid } = sourceOf(shop, world({ services }));
  expect(grid.cells.map(({ caller, state, verdict, as }) => [caller, state, verdict, as])).toEqual([
    ["checkout", "missing", "allowed", sa("other")],
    [sa("other"), "undeclared", "allowed", null],
  ]);
});

test("that a caller may be in a group that was not read is no grant, and leaves the answer open", () => {
  const text = shop.replace("checkout -> billing: Charges", "checkout -> billing: Charges\n  oncall -> billing: Helps");
  const groups = [{ email: "oncall@acme.example", members: { status: "denied", reason: "403" } as const }];
  const services = [live("checkout"), live("billing", [invoker("group:oncall@acme.example")])];
  expect(whole(world({ services, groups }), text)).toEqual([
    "checkout: missing unknown",
    "oncall: agreed allowed",
    "incomplete",
  ]);
});
