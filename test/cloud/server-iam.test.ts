import { describe, expect, test } from "vitest";
import { ask, readPages, start } from "./ask.ts";

describe("IAM", () => {
  const accounts = "v1/projects/acme-prod/serviceAccounts";

  test("accounts come in pages, and say that they are disabled only where they are", async () => {
    await start();
    const found = await readPages("iam", `${accounts}?pageSize=2`, "accounts");
    expect(found).toMatchObject([
      { email: "billing@acme-prod.iam.gserviceaccount.com", uniqueId: expect.stringMatching(/^\d{21}$/) },
      { disabled: true },
      { email: "new@acme-prod.iam.gserviceaccount.com" },
    ]);
    expect(found[0]).not.toHaveProperty("disabled");
    expect((await ask("iam", "v1/projects/acme-bare/serviceAccounts")).body).toStrictEqual({});
  });

  test("a missing account is 404 under its project and 403 under the wildcard", async () => {
    await start();
    expect((await ask("iam", `${accounts}/none@acme-prod.iam.gserviceaccount.com`)).status).toBe(404);
    expect((await ask("iam", "v1/projects/-/serviceAccounts/none@acme-prod.iam.gserviceaccount.com")).status).toBe(403);
    expect(
      (await ask("iam", "v1/projects/-/serviceAccounts/old%40acme-prod.iam.gserviceaccount.com")).body,
    ).toMatchObject({
      name: "projects/acme-prod/serviceAccounts/old@acme-prod.iam.gserviceaccount.com",
      disabled: true,
    });
  });

  test("keys are those of the asked type", async () => {
    await start();
    const path = `${accounts}/billing@acme-prod.iam.gserviceaccount.com/keys`;
    const users = await ask("iam", `${path}?keyTypes=USER_MANAGED`);
    expect(users.body).toMatchObject({
      keys: [{ name: expect.stringMatching(/\/keys\/k1$/), validBeforeTime: "9999-12-31T23:59:59Z" }],
    });
    expect((await ask("iam", path)).body).toMatchObject({ keys: [{ keyType: "SYSTEM_MANAGED" }, {}] });
    const none = await ask("iam", `${accounts}/new@acme-prod.iam.gserviceaccount.com/keys?keyTypes=USER_MANAGED`);
    expect(none.body).toStrictEqual({});
  });

  test("the policy of an account takes its version from the query of a POST", async () => {
    await start();
    const path = `${accounts}/new@acme-prod.iam.gserviceaccount.com:getIamPolicy`;
    expect((await ask("iam", `${path}?options.requestedPolicyVersion=3`, { post: {} })).body).toStrictEqual({
      etag: "ACAB",
    });
    expect((await ask("iam", path)).status).toBe(501);
  });

  test("roles: predefined, custom, deleted, unknown; BASIC lists without permissions", async () => {
    await start();
    expect((await ask("iam", "v1/roles/run.invoker")).body).toMatchObject({
      name: "roles/run.invoker",
      includedPermissions: ["run.instances.invoke", "run.jobs.run", "run.routes.invoke"],
      etag: "AA==",
    });
    expect((await ask("iam", "v1/projects/acme-prod/roles/gone")).body).toMatchObject({ deleted: true });
    expect((await ask("iam", "v1/roles/none")).body).toMatchObject({ error: { code: 404, status: "NOT_FOUND" } });
    const basic = await ask("iam", "v1/projects/acme-prod/roles");
    expect(basic.body).toMatchObject({ roles: [{ name: "projects/acme-prod/roles/caller" }] });
    expect(basic.text).not.toContain("includedPermissions");
    expect((await ask("iam", "v1/projects/acme-prod/roles?view=FULL&showDeleted=true")).body).toMatchObject({
      roles: [{ includedPermissions: ["run.routes.invoke"] }, { deleted: true }],
    });
  });

  test("pools and providers: named by number; disabled is a flag, deleted shows on request", async () => {
    await start();
    const pools = "v1/projects/acme-prod/locations/global/workloadIdentityPools";
    expect((await ask("iam", pools)).body).toStrictEqual({
      workloadIdentityPools: [{ name: "projects/1001/locations/global/workloadIdentityPools/github", state: "ACTIVE" }],
    });
    expect((await ask("iam", `${pools}?showDeleted=true`)).body).toMatchObject({
      workloadIdentityPools: [{}, { state: "DELETED" }],
    });
    expect((await ask("iam", `${pools}/github/providers`)).body).toMatchObject({
      workloadIdentityPoolProviders: [{ disabled: true, oidc: { issuerUri: "https://issuer.test" } }],
    });
  });

  test("listing deny policies leaves the rules out, getting one does not; the point may be encoded twice", async () => {
    await start();
    const point = encodeURIComponent("cloudresourcemanager.googleapis.com/projects/acme-prod");
    const { body, text } = await ask("iam", `v2/policies/${point}/denypolicies`);
    const name = "policies/cloudresourcemanager.googleapis.com%2Fprojects%2F1001/denypolicies/fence";
    expect(body).toMatchObject({ policies: [{ name, kind: "DenyPolicy" }] });
    expect(text).not.toContain("rules");
    expect((await ask("iam", `v2/${name}`)).body).toMatchObject({
      rules: [
        {
          denyRule: {
            deniedPrincipals: ["principalSet://goog/public:all"],
            deniedPermissions: ["run.googleapis.com/routes.invoke"],
            denialCondition: { expression: "resource.matchTag('1/env', 'prod')" },
          },
        },
      ],
    });
    expect((await ask("iam", `v2/policies/${encodeURIComponent(point)}/denypolicies`)).body).toMatchObject(
      Object(body),
    );
    expect((await ask("iam", `v2/policies/${decodeURIComponent(point)}/denypolicies`)).status).toBe(501);
  });
});
