import { expect, test } from "vitest";
import { readState } from "../../src/drift/read-state.ts";
import type { DriftFinding } from "../../src/drift/drift-report.ts";
import { bind } from "../access/tiny-world.ts";
import { matrix, oneEdge } from "./cases/drift-case.ts";
import { driftOf } from "./drift-of.ts";
import { only, told } from "./findings-of.ts";
import { invoker, live, sa, world } from "./live-world.ts";

// What an exception accepts, and what is on its way (cases/). Each was wrong once, or easily would be.

const row = invoker(sa("checkout"));
/** An identity of the matrix: only such ones are believed to have been put into a row by Terraform. */
const dana = sa("billing");

test("nothing awaits an apply that does not touch the row", () => {
  const applied = { stale: new Set(["prod"]), hasMember: (_: string, __: string, member: string) => member === dana };
  const empty = world({ services: [live("checkout"), live("billing")] });
  expect(only(oneEdge, empty, { applied }).pending).toBe(true);
  const observed = oneEdge.replace("team-payments }", "team-payments, mode: observe }");
  expect(only(observed, empty, { applied }).pending).toBe(false);
  const extra = world({ services: [live("checkout"), live("billing", [row, invoker(dana)])] });
  expect(only(oneEdge, extra, { applied }).pending).toBe(true);
  expect(only(observed, extra, { applied }).pending).toBe(false);
});

test("a member awaits its removal only where the state has it", () => {
  const extra = world({ services: [live("checkout"), live("billing", [row, invoker(dana)])] });
  const pendingBy = (...members: readonly string[]): boolean => {
    const { hasMember = () => false } = readState(stateOf(members)) ?? {};
    return only(oneEdge, extra, { applied: { stale: new Set(["prod"]), hasMember } }).pending;
  };
  expect(pendingBy(sa("checkout"), dana)).toBe(true);
  expect(pendingBy(sa("checkout"))).toBe(false);
});

/** A Terraform state with the row of billing. */
function stateOf(members: readonly string[]): string {
  const attributes = {
    project: "acme-prod",
    location: "europe-west1",
    name: "billing",
    role: "roles/run.invoker",
    members,
  };
  const type = "google_cloud_run_v2_service_iam_binding";
  return JSON.stringify({ version: 4, outputs: {}, resources: [{ type, name: "row", instances: [{ attributes }] }] });
}

test("a missing member awaits an apply only where the state never had it: else somebody took it away", () => {
  const empty = world({ services: [live("checkout"), live("billing")] });
  const stale = new Set(["prod"]);
  expect(only(oneEdge, empty, { applied: { stale, hasMember: () => false } }).pending).toBe(true);
  expect(only(oneEdge, empty, { applied: { stale, hasMember: () => true } }).pending).toBe(false);
});

test("an apply is no answer where Terraform does not touch the row", () => {
  const lapsed = matrix(`
services:
  billing: { owner: team-payments, mode: observe }
callers:
  oncall: { owner: team-sre, group: oncall@acme.example }
trust:
  oncall -> billing: { reason: Break-glass reads, expires: 2026-10-31 }
`);
  const snapshot = world({ services: [live("billing", [invoker("group:oncall@acme.example")])] });
  expect(only(lapsed, snapshot).fix).toMatch(/^gcloud /);
});

test("access that ended minutes ago is on its way out, and no longer", () => {
  const lapsing = (end: string): string =>
    matrix(`
services:
  billing: { owner: team-payments }
callers:
  oncall: { owner: team-sre, group: oncall@acme.example }
trust:
  oncall -> billing: { reason: Break-glass reads, expires: ${end} }
`);
  const snapshot = world({ services: [live("billing", [invoker("group:oncall@acme.example")])] });
  expect(only(lapsing("2026-11-22T11:55Z"), snapshot).pending).toBe(true);
  expect(only(lapsing("2026-11-22T11:52Z"), snapshot).pending).toBe(false);
});

test("an exception for one service does not accept a grant that opens others", () => {
  const excepted = `${oneEdge}exceptions:
  - id: EX-1
    rule: undeclared-caller-inherited
    match: { service: billing }
    owner: team-payments
    reason: Deploys billing
    expires: 2027-03-31
`;
  const bindings = [bind("roles/run.developer", "group:developers@acme.example")];
  const services = [live("checkout"), live("billing", [row])];
  expect(only(excepted, world({ services, bindings })).accepted).toBeNull();
  const both = excepted.replace("service: billing", "service: [billing, checkout]");
  expect(only(both, world({ services, bindings })).accepted).toBe("EX-1");
});

const guarded = (rest: string): string =>
  matrix(`
services:
  storefront: { owner: team-web }
  billing: { owner: team-payments }
  ledger: { owner: team-payments }
trust:
  storefront -> billing: Charges cards
  billing -> ledger: Books each charge
rules:
  ledger-inside:
    reason: Billing is the only door to the ledger
    approvers: [team-security]
    never: { from: storefront, to: ledger }
exceptions:
  - id: EX-1
    match: { service: ledger }
    owner: team-web
    reason: Balance page
    expires: 2027-03-31
    ${rest}
`);

test("a rule with approvers is not got round by an exception from broken-live", () => {
  const services = [
    live("storefront"),
    live("billing", [invoker(sa("storefront"))]),
    live("ledger", [invoker(sa("billing"), sa("storefront"))]),
  ];
  const brokenIn = (text: string): DriftFinding | undefined =>
    driftOf(text, world({ services })).findings.find(({ rule }) => rule === "broken-live");
  expect(brokenIn(guarded("rule: broken-live"))?.accepted).toBeNull();
  expect(brokenIn(guarded("rule: broken-live\n    approvedBy: team-web"))?.accepted).toBeNull();
  expect(brokenIn(guarded("rule: broken-live\n    approvedBy: team-security"))?.accepted).toBe("EX-1");
  expect(brokenIn(guarded("rule: ledger-inside"))?.accepted).toBeNull();
  // By the rule's own name the step is taken out before.
  expect(brokenIn(guarded("rule: ledger-inside\n    approvedBy: team-security"))).toBeUndefined();
});

test("an exception for an absent service does not accept others that are absent", () => {
  const { findings } = driftOf(oneEdge, world({}));
  expect(new Set(findings.map(({ resource }) => resource)).size).toBe(2);
});

test("an inherited entry accepts its grant only while it says why and its date has not passed", () => {
  const entry = (rest: string): string => `${oneEdge}inherited:
  deployers:
    principal: "group:developers@acme.example"
    role: roles/run.developer
    at: [projects/acme-prod]
${rest}`;
  const bindings = [bind("roles/run.developer", "group:Developers@acme.example")];
  const snapshot = world({ services: [live("checkout"), live("billing", [row])], bindings });
  expect(told(entry("    reason: Deploys\n"), snapshot)).toEqual([]);
  expect(only(entry("    reason: 'TODO: say why'\n"), snapshot).rule).toBe("undeclared-caller-inherited");
  expect(only(entry("    reason: Deploys\n    expires: 2026-11-21\n"), snapshot).rule).toBe(
    "undeclared-caller-inherited",
  );
});

test("what is accepted by its fingerprint is not accepted on another condition, nor without one", () => {
  const until = (year: number): string => `request.time < timestamp("${year}-01-01T00:00:00Z")`;
  const billing = (expression?: string) => {
    const grant =
      expression === undefined
        ? invoker("user:dana@acme.test")
        : bind("roles/run.invoker", ["user:dana@acme.test"], expression);
    return world({ services: [live("checkout"), live("billing", [row, grant])] });
  };
  const find = (text: string, expression?: string): DriftFinding | undefined =>
    driftOf(text, billing(expression)).findings.find(({ rule }) => rule === "undeclared-caller");
  const accepting = (more: string): string => `${oneEdge}
exceptions:
  - { id: EX-1, rule: undeclared-caller, match: { environment: prod${more} }, owner: team-payments, reason: Dana tests, expires: 2027-01-31 }
`;
  const fingerprint = find(oneEdge, until(2027))?.fingerprint ?? "";
  const one = accepting(`, fingerprint: "${fingerprint.slice(0, 12)}"`);
  expect(find(one, until(2027))?.accepted).toBe("EX-1");
  expect(find(one, until(2028))?.accepted).toBeNull();
  expect(find(one)?.accepted).toBeNull();
  expect(find(accepting(""))?.accepted).toBe("EX-1");
});

test("who joins those that share an account, or another key of it, is another finding", () => {
  const shared = { account: sa("shop").slice("serviceAccount:".length) };
  const print = (names: readonly string[]): string | undefined =>
    driftOf(
      matrix(`services: { ${names.map((name) => `${name}: { owner: team-payments }`).join(", ")} }`),
      world({ services: names.map((name) => live(name, [], shared)) }),
    ).findings.find(({ rule }) => rule === "shared-runtime-account")?.fingerprint;
  expect(print(["billing", "checkout"])).toBe(print(["billing", "checkout"]));
  expect(print(["billing", "checkout"])).not.toBe(print(["billing", "checkout", "ledger"]));
});
