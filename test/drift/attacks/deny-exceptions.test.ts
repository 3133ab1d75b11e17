import { expect, test } from "vitest";
import { evaluateAccess } from "../../../src/access/evaluate-access.ts";
import { bind, denyRule, NOON, service, world } from "../../access/tiny-world.ts";

// Denials that look certain and spare somebody: a row that says "denied" is never looked at again.

const everybody = "principalSet://goog/public:all";
const agents = "principalSet://cloudresourcemanager.googleapis.com/organizations/901/type/ServiceAgent";

function verdictOf(member: string, exception: string): string | undefined {
  const deny = [denyRule([everybody], { exceptionPrincipals: [exception] })];
  const services = [service("s", { bindings: [bind("roles/run.invoker", member)] })];
  return evaluateAccess(world({ project: { deny }, services }), { asOf: NOON, indirect: "none" }).rows[0]?.verdict;
}

test.each([
  "serviceAccount:service-1@gcp-sa-brand-new.iam.gserviceaccount.com",
  "serviceAccount:service-org-1@gcp-sa-brand-new.iam.gserviceaccount.com",
  "serviceAccount:p1@gcp-sa-firebase.iam.gserviceaccount.com",
  "serviceAccount:cloud-logs@system.gserviceaccount.com",
])("an agent that the table does not know may be among the agents that are spared: %s", (member) => {
  expect(verdictOf(member, agents)).toBe("conditional");
});

test.each([
  "user:eve@acme.test",
  "serviceAccount:web@p1.iam.gserviceaccount.com",
  "serviceAccount:111-compute@developer.gserviceaccount.com",
  "serviceAccount:p1@appspot.gserviceaccount.com",
])("whoever is no agent is not: %s", (member) => {
  expect(verdictOf(member, agents)).toBe("denied");
});

test.each([
  "principal://iam.googleapis.com/projects/-/serviceAccounts/108020304050607080901",
  "principal://goog/subject/108020304050607080901",
  "principalSet://cloudresourcemanager.googleapis.com/projects/111",
])("an exception that is not spelled by address may be anybody: %s", (exception) => {
  expect(verdictOf("serviceAccount:web@p1.iam.gserviceaccount.com", exception)).toBe("conditional");
});
