import { expect, test } from "vitest";
import { evaluateAccess } from "../../../src/access/evaluate-access.ts";
import { bind, NOON, service, world } from "../../access/tiny-world.ts";
import { oneEdge } from "../cases/drift-case.ts";
import { driftOf } from "../drift-of.ts";
import { invoker, live, sa, world as liveWorld } from "../live-world.ts";

// Members that are spelled so that they pass for somebody else, or for nobody.

test.each([
  ["a Kelvin sign for a k", sa("checkout").replace("k", "\u212A")],
  ["a dotted capital I", sa("checkout").replace("c", "\u0130")],
  ["a prefix in capitals", sa("checkout").replace("serviceAccount:", "SERVICEACCOUNT:")],
  ["a space at the end", `${sa("checkout")} `],
  ["a zero-width space", sa("checkout").replace("@", "\u200B@")],
])("%s makes another principal than the declared one", (_, member) => {
  const snapshot = liveWorld({ services: [live("checkout"), live("billing", [invoker(sa("checkout"), member)])] });
  const { findings } = driftOf(oneEdge, snapshot);
  expect(findings.map(({ rule, severity }) => `${severity} ${rule}`)).toEqual(["error undeclared-caller"]);
});

test.each([
  "principalSet://cloudresourcemanager.googleapis.com/organizations/901/type/ServiceAgent",
  "principalSet://cloudresourcemanager.googleapis.com/projects/p1/type/ServiceAccount",
  "principalSet://cloudresourcemanager.googleapis.com/organizations/901",
  "principalSet://goog/public:all",
  "principalSet://goog/group/ops@acme.test",
  "principal://goog/subject/eve@acme.test",
])("a set of Google's own identities is no federated one, and keeps its row: %s", (member) => {
  const bindings = [bind("roles/run.invoker", member)];
  const access = evaluateAccess(world({ services: [service("s", { bindings })] }), { asOf: NOON, indirect: "none" });
  expect(access.rows.map(({ principal, verdict }) => [principal, verdict])).toEqual([[member, "allowed"]]);
  expect(access.oddGrants).toEqual([]);
});
