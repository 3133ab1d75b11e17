import { expect, test } from "vitest";
import type { ProjectRecord, Snapshot } from "../../src/snapshot/snapshot.ts";
import { everySnapshot } from "./every-snapshot.ts";
import { findLies, findUnread } from "./honesty.ts";

/* The judge of the faults: if it let something pass, the matrix of faults would prove nothing. */

const truth: Snapshot = { ...everySnapshot, endpoints: {}, sha256: "" };

function withProject(change: (project: ProjectRecord) => ProjectRecord): Snapshot {
  return {
    ...truth,
    projects: truth.projects.map((one) => (one.project === "acme-prod" ? change(one) : one)),
  };
}

const failed = { status: "failed", reason: "500" } as const;

test("the truth has no lies in it", () => {
  expect(findLies(truth, truth)).toStrictEqual([]);
});

test("a list that lacks something and claims to be read is a lie", () => {
  const claim = withProject((project) => ({ ...project, accounts: { status: "read", value: [] } }));
  expect(findLies(truth, claim)).toStrictEqual(["accounts of acme-prod"]);
});

test("the same list is none where it says that it is not whole", () => {
  const claim = withProject((project) => ({
    ...project,
    accounts: { status: "partial", value: [], reason: "page 2" },
  }));
  expect(findLies(truth, claim)).toStrictEqual([]);
  expect(findUnread(claim)).toContain("accounts of acme-prod");
});

test("a policy deep inside of a list is looked at by itself", () => {
  const claim = withProject((project) => ({
    ...project,
    services:
      project.services.status === "read"
        ? { ...project.services, value: project.services.value.map((one) => ({ ...one, policy: failed })) }
        : project.services,
  }));
  expect(findLies(truth, claim)).toStrictEqual([]);
  expect(findUnread(claim).filter((name) => name.includes("/billing") && name.startsWith("policy"))).toHaveLength(2);
});

test("a record that is gone is a lie where nothing admits to be unread, and none where something does", () => {
  const { groups: _, ...rest } = truth;
  const allRead = {
    ...rest,
    groups: [],
    roles: truth.roles.filter(({ permissions }) => permissions.status === "read"),
  };
  const real = { ...truth, roles: allRead.roles };
  expect(findLies(real, allRead)).toStrictEqual([
    "members of guards@acme.test: silently missing",
    "members of ops@acme.test: silently missing",
  ]);
  expect(findLies(real, { ...allRead, scopes: [{ resource: "folders/222", projects: failed }] })).toStrictEqual([]);
});

test("something that is not there at all is a lie where it is claimed to be read", () => {
  const claim = {
    ...truth,
    groups: [...truth.groups, { email: "new@acme.test", members: { status: "read", value: [] } as const }],
  };
  expect(findLies(truth, claim)).toStrictEqual(["members of new@acme.test"]);
});
