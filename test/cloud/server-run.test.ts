import { describe, expect, test } from "vitest";
import { ask, askVersion3, servicesPath, start } from "./ask.ts";
import { officeHours, smallWorld } from "./small-world.ts";
import { makeWorld } from "./world.ts";

describe("Cloud Run", () => {
  test("v1 lists Knative Services of all regions with their annotations", async () => {
    await start();
    const { body } = await ask("run", servicesPath);
    expect(body).toMatchObject({
      apiVersion: "serving.knative.dev/v1",
      kind: "ServiceList",
      items: [
        {
          metadata: {
            name: "billing",
            namespace: "1001",
            generation: 1,
            labels: { "cloud.googleapis.com/location": "europe-west1" },
            annotations: {
              "run.googleapis.com/ingress": "all",
              "run.googleapis.com/invoker-iam-disabled": "True",
              "run.googleapis.com/urls":
                '["https://billing-1001.europe-west1.run.app","https://billing-abc-ew.a.run.app"]',
            },
          },
          spec: { template: { spec: { serviceAccountName: "billing@acme-prod.iam.gserviceaccount.com" } } },
          status: { url: "https://billing-abc-ew.a.run.app" },
        },
        { metadata: { name: "ledger", labels: { "cloud.googleapis.com/location": "us-central1" } } },
        { metadata: { name: "thumbs", labels: { "goog-managed-by": "cloudfunctions" } } },
      ],
    });
    expect(body).not.toHaveProperty("metadata");
    expect(body).not.toHaveProperty("unreachable");
  });

  test("an empty Knative list keeps its kind", async () => {
    await start();
    const { body } = await ask("run", "v1/projects/acme-bare/locations/-/services");
    expect(body).toStrictEqual({ apiVersion: "serving.knative.dev/v1", kind: "ServiceList" });
  });

  test("a region that cannot be reached is named, its services are left out, and asked itself it is 503", async () => {
    await start(makeWorld({ projects: smallWorld.projects.map((one) => ({ ...one, unreachable: ["us-central1"] })) }));
    const { text, body } = await ask("run", servicesPath);
    expect(body).toMatchObject({ unreachable: ["us-central1"] });
    expect(text).not.toContain("ledger");
    expect((await ask("run", "v1/projects/acme-prod/locations/us-central1/services")).status).toBe(503);
    expect((await ask("run", "v2/projects/acme-prod/locations/us-central1/services")).status).toBe(503);
  });

  test("v2 lists one region, numbers as text, and refuses the wildcard", async () => {
    await start();
    const { body } = await ask("run", "v2/projects/acme-prod/locations/europe-west1/services");
    expect(body).toMatchObject({
      services: [
        {
          name: "projects/acme-prod/locations/europe-west1/services/billing",
          generation: "2",
          ingress: "INGRESS_TRAFFIC_ALL",
          invokerIamDisabled: true,
          template: { serviceAccount: "billing@acme-prod.iam.gserviceaccount.com" },
        },
        { name: "projects/acme-prod/locations/europe-west1/services/thumbs" },
      ],
    });
    const refused = await ask("run", "v2/projects/acme-prod/locations/-/services");
    expect(refused.body).toMatchObject({ error: { code: 400, status: "INVALID_ARGUMENT" } });
  });

  test("jobs are listed apart from services", async () => {
    await start();
    const knative = await ask("run", "apis/run.googleapis.com/v1/namespaces/acme-prod/jobs");
    expect(knative.body).toMatchObject({ kind: "JobList", items: [{ kind: "Job", metadata: { name: "nightly" } }] });
    const v2 = await ask("run", "v2/projects/acme-prod/locations/europe-west1/jobs");
    expect(v2.body).toMatchObject({ jobs: [{ name: "projects/acme-prod/locations/europe-west1/jobs/nightly" }] });
  });

  test("the policy is the service's own, an empty one has the etag of emptiness, and a missing service is 404", async () => {
    await start();
    const base = "v1/projects/acme-prod/locations";
    const own = await ask("run", `${base}/europe-west1/services/billing:getIamPolicy`);
    expect(own.body).toStrictEqual({
      version: 1,
      etag: expect.stringMatching(/^[A-Za-z0-9+/]{11}=$/),
      bindings: [{ role: "roles/run.invoker", members: ["allUsers"] }],
    });
    expect((await ask("run", `${base}/us-central1/services/ledger:getIamPolicy`)).body).toStrictEqual({ etag: "ACAB" });
    expect((await ask("run", `${base}/us-central1/services/billing:getIamPolicy`)).status).toBe(404);
    expect((await ask("run", "v1/projects/elsewhere/locations/-/services")).status).toBe(403);
  });
});

describe("policy versions", () => {
  test("below version 3 a conditional binding is a ghost; at 3 it has its condition", async () => {
    await start();
    const path = "v1/projects/acme-prod:getIamPolicy";
    const ghost = await ask("cloudresourcemanager", path, { post: {} });
    expect(ghost.body).toMatchObject({
      version: 1,
      bindings: [{ role: expect.stringMatching(/^roles\/run\.invoker_withcond_[0-9a-f]{20}$/) }],
    });
    expect(ghost.text).not.toContain('condition"');
    const whole = await ask("cloudresourcemanager", path, { post: askVersion3 });
    expect(whole.body).toMatchObject({
      version: 3,
      bindings: [{ role: "roles/run.invoker", members: ["user:ann@acme.test"], condition: officeHours }],
    });
  });
});
