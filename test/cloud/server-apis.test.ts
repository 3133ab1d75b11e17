import { describe, expect, test } from "vitest";
import { ask, askVersion3, readPages, servicesPath, start } from "./ask.ts";

describe("Resource Manager", () => {
  test("v3 gives numbers in names, parents and direct children", async () => {
    await start();
    expect((await ask("cloudresourcemanager", "v3/projects/acme-prod")).body).toMatchObject({
      name: "projects/1001",
      parent: "folders/222",
      projectId: "acme-prod",
      state: "ACTIVE",
    });
    expect((await ask("cloudresourcemanager", "v3/folders/222")).body).toMatchObject({ parent: "organizations/111" });
    expect((await ask("cloudresourcemanager", "v3/organizations/111")).body).not.toHaveProperty("parent");
    expect((await ask("cloudresourcemanager", "v3/projects/none")).status).toBe(403);
    const pages = await readPages("cloudresourcemanager", "v3/projects?parent=folders/222&pageSize=1", "projects");
    expect(pages).toMatchObject([{ projectId: "acme-prod" }, { projectId: "acme-bare" }]);
    expect((await ask("cloudresourcemanager", "v3/projects?parent=organizations/111")).body).toStrictEqual({});
    expect((await ask("cloudresourcemanager", "v3/folders?parent=organizations/111")).body).toMatchObject({
      folders: [{ name: "folders/222" }],
    });
  });

  test("v1 gives the number as text and the ancestry from below", async () => {
    await start();
    expect((await ask("cloudresourcemanager", "v1/projects/acme-prod")).body).toMatchObject({
      projectNumber: "1001",
      parent: { type: "folder", id: "222" },
    });
    expect((await ask("cloudresourcemanager", "v1/projects/acme-prod:getAncestry", { post: {} })).body).toStrictEqual({
      ancestor: [
        { resourceId: { type: "project", id: "acme-prod" } },
        { resourceId: { type: "folder", id: "222" } },
        { resourceId: { type: "organization", id: "111" } },
      ],
    });
  });
});

describe("groups, IAP, tokens", () => {
  test("members of nested groups are there once, with how they belong", async () => {
    await start();
    const { body } = await ask("cloudidentity", "v1/groups:lookup?groupKey.id=all%40acme.test");
    const name = String(Object.values(Object(body))[0]);
    expect(name).toMatch(/^groups\/[0-9a-z]+$/);
    const members = await readPages(
      "cloudidentity",
      `v1/${name}/memberships:searchTransitiveMemberships?pageSize=2`,
      "memberships",
    );
    expect(members).toMatchObject([
      { preferredMemberKey: [{ id: "ann@acme.test" }], relationType: "DIRECT" },
      {
        preferredMemberKey: [{ id: "ops@acme.test" }],
        relationType: "DIRECT",
        member: expect.stringMatching(/^groups\//),
      },
      { preferredMemberKey: [{ id: "bob@acme.test" }], relationType: "INDIRECT" },
    ]);
    expect((await ask("cloudidentity", "v1/groups:lookup?groupKey.id=no@acme.test")).status).toBe(403);
  });

  test("IAP has policies at three levels, by number or id", async () => {
    await start();
    const web = await ask("iap", "v1/projects/1001/iap_web:getIamPolicy", { post: askVersion3 });
    expect(web.body).toMatchObject({ bindings: [{ role: "roles/iap.httpsResourceAccessor" }] });
    const one = "v1/projects/acme-prod/iap_web/cloud_run-europe-west1";
    expect((await ask("iap", `${one}:getIamPolicy`, { post: askVersion3 })).body).toStrictEqual({ etag: "ACAB" });
    expect((await ask("iap", `${one}/services/billing:getIamPolicy`, { post: askVersion3 })).body).toStrictEqual({
      etag: "ACAB",
    });
    expect((await ask("iap", `${one}/services/none:getIamPolicy`, { post: askVersion3 })).status).toBe(404);
  });

  test("tokens of the cloud are taken, others and none are not", async () => {
    const cloud = await start();
    const email = "billing@acme-prod.iam.gserviceaccount.com";
    const issued = await ask("iamcredentials", `v1/projects/-/serviceAccounts/${email}:generateAccessToken`, {
      post: {},
    });
    expect(issued.body).toMatchObject({ accessToken: expect.stringContaining("ya29.") });
    const url = `${cloud.endpoints.run}${servicesPath}`;
    expect((await fetch(url)).status).toBe(401);
    expect((await fetch(url, { headers: { authorization: "Bearer other" } })).status).toBe(401);
  });
});
