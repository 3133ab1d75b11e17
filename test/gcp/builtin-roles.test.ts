import { describe, expect, test } from "vitest";
import { liveOnlyPermissions, watchedPermissions } from "../../src/access/permissions.ts";
import { builtInRole, builtInRolesDate } from "../../src/gcp/builtin-roles.ts";
import table from "../../src/gcp/builtin-roles.json" with { type: "json" };

/** Facts that a person can look up: docs /iam/docs/roles-permissions. */
test.each([
  ["roles/run.invoker", ["run.jobs.run", "run.routes.invoke"]],
  ["roles/run.servicesInvoker", ["run.routes.invoke"]],
  ["roles/run.jobsExecutor", ["run.jobs.run"]],
  ["roles/iap.httpsResourceAccessor", ["iap.webServiceVersions.accessViaIAP"]],
  ["roles/iam.serviceAccountOpenIdTokenCreator", ["iam.serviceAccounts.getOpenIdToken"]],
  ["roles/iam.workloadIdentityUser", ["iam.serviceAccounts.getAccessToken", "iam.serviceAccounts.getOpenIdToken"]],
  ["roles/run.viewer", []],
  ["roles/viewer", []],
  ["roles/storage.objectViewer", []],
])("%s carries %j", (name, permissions) => {
  expect(builtInRole(name)).toEqual({ status: "read", value: permissions });
});

test.each([
  "roles/owner",
  "roles/editor",
  "roles/run.developer",
  "roles/cloudfunctions.developer",
  "roles/serverless.serviceAgent",
])("%s opens services", (name) => {
  expect(builtInRole(name)).toMatchObject({ status: "read", value: expect.arrayContaining(["run.routes.invoke"]) });
});

test("owner may grant, editor may not", () => {
  expect(builtInRole("roles/owner")).toMatchObject({ value: expect.arrayContaining(["run.services.setIamPolicy"]) });
  expect(builtInRole("roles/editor")).toMatchObject({
    value: expect.not.arrayContaining(["run.services.setIamPolicy"]),
  });
});

test.each(["roles/admin", "roles/writer", "roles/cloudfunctions.standardServiceAgent"])(
  "%s is known in part",
  (name) => {
    expect(builtInRole(name)).toMatchObject({ status: "partial", value: ["run.routes.invoke"] });
  },
);

test.each(["roles/reader", "roles/made.up", "projects/p/roles/x", "run.invoker", "constructor", ""])(
  "%j is not known",
  (name) => {
    expect(builtInRole(name)).toBeUndefined();
  },
);

describe("the table", () => {
  test("knows every watched permission but those that are said to be missing, and no other", () => {
    const missing: readonly string[] = liveOnlyPermissions;
    expect(table.permissions).toEqual(watchedPermissions.filter((permission) => !missing.includes(permission)));
    expect(table.permissions.length).toBeLessThanOrEqual(36);
  });

  test("names all predefined roles of its day once", () => {
    const names = [
      ...Object.keys(table.roles),
      ...Object.entries(table.without).flatMap(([service, ids]) =>
        ids.split(" ").map((id) => `roles/${service}.${id}`),
      ),
    ];
    expect(names).toHaveLength(2461);
    expect(new Set(names).size).toBe(2461);
    expect(builtInRolesDate).toMatch(/^\d{4}-\d\d-\d\d$/);
  });
});
