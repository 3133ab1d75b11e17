import { expect, test } from "vitest";
import type { Binding, ServiceRecord, Snapshot } from "../../src/snapshot/snapshot.ts";
import { canCall } from "../../src/ask/can-call.ts";
import { blastRadius } from "../../src/ask/blast-radius.ts";
import { findCaller } from "../../src/ask/find-name.ts";
import { email, invoker, live, type LiveWorld, sa, world } from "../drift/live-world.ts";
import { readMatrixFor } from "../drift/drift-of.ts";
import { sourceOf } from "./asking.ts";

// Who comes how, each on a town of two services in as few words as show it.

const denied = { status: "denied", reason: "403" } as const;
const joe = "user:joe@x.example";
const unreadGroup = { groups: [{ email: "devs@x.example", members: denied }] };

function matrix(services: string, trust = "trust: {}", regions = "europe-west1"): string {
  return [
    "version: 1",
    `environments: { prod: { project: acme-prod, number: "111111111111", regions: [${regions}] } }`,
    `services: { ${services} }`,
    trust,
    "",
  ].join("\n");
}

const two = matrix("web: {}, pay: {}");

function town(
  pay: readonly Binding[] | ServiceRecord,
  parts: LiveWorld = {},
  web: ServiceRecord = live("web"),
): Snapshot {
  return world({ services: [web, "name" in pay ? pay : live("pay", pay)], ...parts });
}

function can(snapshot: Snapshot, caller: string, text = two, transitive = false): string {
  return canCall(sourceOf(text, snapshot, true), caller, "pay", transitive).answer;
}

function denying(...principals: readonly string[]): LiveWorld {
  const rule = {
    deniedPrincipals: principals,
    exceptionPrincipals: [],
    deniedPermissions: ["run.googleapis.com/routes.invoke"],
    exceptionPermissions: [],
  };
  return { project: { deny: { status: "read", value: [{ name: "d", rules: [rule] }] } } };
}

test("sets of which nobody knows whether they hold the caller leave it open", () => {
  const asked = (member: string, caller: string, parts: LiveWorld = {}): string =>
    can(town([invoker(member)], parts), caller);
  expect(asked("domain:x.example", joe)).toBe("yes");
  expect(asked("domain:x.example", "user:joe@y.example")).toBe("unknown");
  expect(asked("domain:x.example", "web")).toBe("no");
  expect(asked("projectEditor:elsewhere", joe)).toBe("unknown");
  const below = "principalSet://cloudresourcemanager.googleapis.com/folders/9/type/ServiceAccount";
  expect(asked(below, "serviceAccount:a@elsewhere.iam.gserviceaccount.com")).toBe("unknown");
  expect(asked(below, joe)).toBe("no");
  for (const caller of [joe, "web", "group:inner@x.example"]) {
    expect(asked("group:devs@x.example", caller, unreadGroup)).toBe("unknown");
    expect(asked("group:devs@x.example", caller)).toBe("unknown");
  }
});

test("a deny policy is asked of who comes in a set, and of nobody where the invoker check is off", () => {
  const named = denying("principal://goog/subject/joe@x.example");
  expect(can(town([invoker("allUsers")], named), joe)).toBe("no");
  expect(can(town([invoker("allUsers")], named), "user:zed@x.example")).toBe("yes");
  expect(can(town(live("pay", [], { invokerCheckDisabled: true }), named), joe)).toBe("yes");
  const account = `principal://iam.googleapis.com/projects/-/serviceAccounts/${email("web-sa")}`;
  expect(can(town([invoker("allAuthenticatedUsers")], denying(account)), "web")).toBe("no");
});

test("one's own grant that hangs on a condition hides no surer way", () => {
  const condition = { title: "t", expression: 'resource.name == "x"' };
  expect(can(town([{ ...invoker(joe), condition }]), joe)).toBe("conditional");
  expect(can(town([{ ...invoker(joe), condition }, invoker("domain:x.example")]), joe)).toBe("yes");
});

test("a service may call itself where it holds the grant", () => {
  expect(can(town([invoker(sa("pay"))]), "pay")).toBe("yes");
  expect(can(town([]), "pay")).toBe("no");
});

test("an account by its address is that account, whatever the service runs as", () => {
  const snapshot = town([invoker(sa("other"))], {}, live("web", [], { account: email("other-sa") }));
  const source = sourceOf(two, snapshot);
  const { matrix: read, ...validated } = readMatrixFor(two, snapshot);
  if (read === undefined) throw new Error(JSON.stringify(validated.findings));
  const names = { matrix: read, world: source.world, drift: source.drift };
  expect(findCaller(sa("web"), names)).toBe(sa("web"));
  expect(can(snapshot, sa("web"))).toBe("no");
  const { answer, reality } = canCall(source, "web", "pay", false);
  expect([answer, reality?.as]).toEqual([
    "yes",
    { principal: sa("other"), isPrevious: false, declared: sa("web"), declaredMay: "no" },
  ]);
});

test("words of policies that look like names are none; who was deleted calls nobody", () => {
  expect(can(town([invoker("web")]), "web")).toBe("no");
  expect(can(town([invoker("internet")]), "internet")).toBe("no");
  expect(can(town([invoker("internet")]), joe)).toBe("no");
  expect(can(town([invoker("internet")]), "member:internet")).toBe("yes");
  expect(can(town([invoker("allUsers")]), "deleted:user:x@x.example?uid=1")).toBe("no");
});

test("behind Identity-Aware Proxy its agent needs a grant; who passes a load balancer nobody reads", () => {
  const iapBindings = [{ role: "roles/iap.httpsResourceAccessor", members: [joe] }];
  const agent = "serviceAccount:service-111111111111@gcp-sa-iap.iam.gserviceaccount.com";
  const behind = (members: readonly string[]): Snapshot =>
    town(live("pay", members.length === 0 ? [] : [invoker(...members)], { iapEnabled: true, iapBindings }));
  const direct = matrix("web: {}, pay: { iap: service }");
  const asked = canCall(sourceOf(direct, behind([])), joe, "pay", false);
  expect([asked.answer, asked.reality?.reasons]).toEqual(["conditional", ["iap-agent"]]);
  expect(can(behind([agent]), joe, direct)).toBe("yes");
  const before = matrix("web: {}, pay: { iap: load-balancer }", "trust: { web -> pay: { reason: r, through: iap } }");
  expect(can(town([]), "web", before)).toBe("unknown");
});

test("regions that refuse are told", () => {
  const both = matrix("web: {}, pay: {}", "trust: { web -> pay: r }", "europe-west1, us-central1");
  const snapshot = world({
    services: [live("web"), live("pay", [invoker(sa("web"))]), live("pay", [], { region: "us-central1" })],
  });
  const { answer, reality } = canCall(sourceOf(both, snapshot), "web", "pay", false);
  expect([answer, reality?.regions.map(({ region, verdict }) => `${region} ${verdict}`)]).toEqual([
    "yes",
    ["europe-west1 allowed", "us-central1 no"],
  ]);
});

test("a no through others hangs on what was not read on any way, and on groups that lead to it", () => {
  const pay = live("pay", [invoker(sa("web"))]);
  expect(can(world({ services: [live("web"), pay] }), joe, two, true)).toBe("no");
  const unread = { ...live("web"), policy: denied };
  expect(can(world({ services: [unread, pay] }), joe, two, true)).toBe("unknown");
  const open = live("web", [invoker("group:devs@x.example")]);
  const grouped = world({ services: [open, pay], ...unreadGroup });
  expect(can(grouped, joe, two, true)).toBe("unknown");
  const blast = blastRadius(sourceOf(two, grouped, true), joe);
  expect([blast.groups, blast.complete]).toEqual([["group:devs@x.example"], false]);
});
