import { anything, assert, property } from "fast-check";
import { describe, expect, test } from "vitest";
import { parseEntry } from "../../src/audit/parse-entry.ts";

const base = {
  insertId: "a1",
  logName: "projects/acme-prod/logs/cloudaudit.googleapis.com%2Factivity",
  timestamp: "2026-10-05T10:00:00.123456789+02:00",
  resource: { labels: { project_id: "acme-prod", location: "europe-west1", service_name: "billing" } },
};

function entryOf(payload: object, more: object = {}): unknown {
  return {
    ...base,
    ...more,
    protoPayload: { authenticationInfo: { principalEmail: "dana@acme.example" }, ...payload },
  };
}

/** What is kept of an entry, or what became of it. */
function kept(payload: object, more: object = {}): unknown {
  const parsed = parseEntry(entryOf(payload, more));
  return parsed.kind === "entry" ? parsed.entry.effect : parsed;
}

const RUN = "run.googleapis.com";
const IAM = "iam.googleapis.com";
const RESOURCES = "cloudresourcemanager.googleapis.com";
const BILLING = "projects/acme-prod/locations/europe-west1/services/billing";

describe("what an entry is about, in every spelling of it", () => {
  test.each([
    [RUN, "google.cloud.run.v1.Services.SetIamPolicy", BILLING, BILLING],
    [RUN, "google.cloud.run.v1.Services.SetIamPolicy", "namespaces/acme-prod/services/billing", BILLING],
    [RUN, "google.cloud.run.v2.Services.SetIamPolicy", BILLING.replace("acme-prod", "1234"), BILLING],
    [
      RUN,
      "google.cloud.run.v2.Jobs.SetIamPolicy",
      BILLING.replace("services", "jobs"),
      BILLING.replace("services", "jobs"),
    ],
    [RESOURCES, "SetIamPolicy", "projects/acme-prod", "projects/acme-prod"],
    [RESOURCES, "SetIamPolicy", "acme-prod", "projects/acme-prod"],
    [RESOURCES, "google.cloud.resourcemanager.v3.Projects.SetIamPolicy", "projects/1234", "projects/acme-prod"],
    [RESOURCES, "google.cloud.resourcemanager.v3.Folders.SetIamPolicy", "folders/77", "folders/77"],
    [RESOURCES, "SetIamPolicy", "//cloudresourcemanager.googleapis.com/organizations/9", "organizations/9"],
    [
      IAM,
      "google.iam.admin.v1.SetIAMPolicy",
      "projects/-/serviceAccounts/Ci@acme-ci.iam.gserviceaccount.com",
      "projects/acme-ci/serviceAccounts/ci@acme-ci.iam.gserviceaccount.com",
    ],
    [
      IAM,
      "google.iam.admin.v1.SetIAMPolicy",
      "projects/-/serviceAccounts/1099",
      "projects/acme-prod/serviceAccounts/1099",
    ],
    [
      "iap.googleapis.com",
      "google.cloud.iap.v1.IdentityAwareProxyAdminService.SetIamPolicy",
      "projects/1234/iap_web/cloud_run-europe-west1/services/billing",
      "projects/1234/iap_web/cloud_run-europe-west1/services/billing",
    ],
  ])("%s %s %s", (serviceName, methodName, resourceName, name) => {
    // Each level keeps its own log.
    const level = name.startsWith("projects/") ? "projects/acme-prod" : name;
    const logName = base.logName.replace("projects/acme-prod", level);
    expect(kept({ serviceName, methodName, resourceName }, { logName })).toMatchObject({
      kind: "policy",
      resource: { name },
    });
  });
});

describe("who it was", () => {
  test("is the caller with all that it went through; a client's word stays a word", () => {
    const parsed = parseEntry(
      entryOf({
        serviceName: RUN,
        methodName: "google.cloud.run.v1.Services.SetIamPolicy",
        resourceName: BILLING,
        authenticationInfo: {
          principalSubject:
            "principal://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/subject/x",
          serviceAccountDelegationInfo: [
            { firstPartyPrincipal: { principalEmail: "ci@acme-ci.iam.gserviceaccount.com" } },
            { principalSubject: "serviceAccount:second@acme-ci.iam.gserviceaccount.com" },
            { unknown: 1 },
          ],
        },
        requestMetadata: { callerIp: "203.0.113.9", callerSuppliedUserAgent: "Terraform/1.11" },
      }),
    );
    expect(parsed).toMatchObject({
      entry: {
        order: "2026-10-05T08:00:00.123456789",
        actor: {
          principal: "principal://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/subject/x",
          delegation: ["ci@acme-ci.iam.gserviceaccount.com", "serviceAccount:second@acme-ci.iam.gserviceaccount.com"],
          userAgent: "Terraform/1.11",
        },
      },
    });
    expect(JSON.stringify(parsed)).not.toContain("203.0.113.9");
  });
});

describe("settings", () => {
  const secret = { containers: [{ env: [{ name: "TOKEN", value: "hunter2" }] }] };

  test("of both versions are the five that decide who can call, and nothing else is kept", () => {
    const v2 = {
      ingress: "INGRESS_TRAFFIC_INTERNAL_ONLY",
      invokerIamDisabled: true,
      template: { ...secret, serviceAccount: "Web@acme-prod.iam.gserviceaccount.com" },
    };
    const v1 = {
      metadata: {
        annotations: {
          "run.googleapis.com/ingress": "internal",
          "run.googleapis.com/invoker-iam-disabled": "true",
          secret: "hunter2",
        },
      },
      spec: { template: { spec: { ...secret, serviceAccountName: "web@acme-prod.iam.gserviceaccount.com" } } },
    };
    const settings = {
      ingress: "internal",
      invokerCheckDisabled: true,
      defaultUrlDisabled: false,
      iapEnabled: false,
      account: "web@acme-prod.iam.gserviceaccount.com",
    };
    for (const [methodName, service] of [
      ["google.cloud.run.v2.Services.UpdateService", v2],
      ["google.cloud.run.v1.Services.ReplaceService", v1],
    ]) {
      const effect = kept({
        serviceName: RUN,
        methodName,
        resourceName: BILLING,
        request: { service, token: "hunter2" },
      });
      expect(effect).toEqual({ kind: "run", verb: "updated", resource: { level: "service", name: BILLING }, settings });
    }
  });

  test("behind a mask are those that it names, defaults too", () => {
    const update = (updateMask: unknown): unknown =>
      kept({
        serviceName: RUN,
        methodName: "google.cloud.run.v2.Services.UpdateService",
        resourceName: BILLING,
        request: { service: {}, updateMask },
      });
    expect(update("invoker_iam_disabled,labels")).toMatchObject({ settings: { invokerCheckDisabled: false } });
    expect(update({ paths: ["ingress"] })).toMatchObject({ settings: { ingress: "all" } });
    expect(update("labels")).toMatchObject({ settings: {} });
  });
});

describe("what is not told as a change of a policy", () => {
  test.each([
    ["google.iam.admin.v1.CreateServiceAccountKey", "a key of the account was made or enabled"],
    ["google.iam.admin.v1.DisableServiceAccount", "the account was disabled"],
    ["google.iam.v2.Policies.DeletePolicy", "a deny policy changed"],
    [
      "google.iam.v1.WorkloadIdentityPools.UpdateWorkloadIdentityPoolProvider",
      "who counts as a federated identity changed",
    ],
  ])("%s is named", (methodName, what) => {
    expect(kept({ serviceName: IAM, methodName, resourceName: "projects/acme-prod/x" })).toMatchObject({
      kind: "other",
      what,
    });
  });

  test("a role says which permissions that open something it gained", () => {
    const serviceData = { permissionDelta: { addedPermissions: ["run.routes.invoke", "storage.objects.get"] } };
    const effect = kept({
      serviceName: IAM,
      methodName: "google.iam.admin.v1.UpdateRole",
      resourceName: "projects/acme-prod/roles/x",
      serviceData,
    });
    expect(effect).toMatchObject({ what: "a role changed", detail: "gained run.routes.invoke" });
    const role = { includedPermissions: ["run.jobs.run", "storage.objects.get"] };
    const made = kept({
      serviceName: IAM,
      methodName: "google.iam.admin.v1.CreateRole",
      resourceName: "projects/acme-prod/roles/x",
      request: { role },
    });
    expect(made).toMatchObject({ detail: "holds run.jobs.run" });
  });

  test("other logs, other APIs and harmless methods are set aside; unknown methods of APIs that matter are not", () => {
    const run = (methodName: string): object => ({ serviceName: RUN, methodName, resourceName: BILLING });
    expect(kept(run("google.cloud.run.v2.Jobs.RunJob"))).toEqual({ kind: "aside", why: "harmless method" });
    expect(kept({ serviceName: "storage.googleapis.com", methodName: "storage.setIamPermissions" })).toEqual({
      kind: "aside",
      why: "other API",
    });
    expect(kept(run("x"), { logName: base.logName.replace("activity", "data_access") })).toEqual({
      kind: "aside",
      why: "other log",
    });
    expect(kept(run("google.cloud.run.v3.Services.ShareService"))).toMatchObject({ kind: "odd" });
    expect(kept({ ...run("google.cloud.run.v1.Services.SetIamPolicy") }, { timestamp: "today" })).toMatchObject({
      kind: "odd",
    });
  });

  test("a cut entry has no empty policy: it adds somebody", () => {
    const cut = {
      serviceName: RUN,
      methodName: "google.cloud.run.v1.Services.SetIamPolicy",
      resourceName: BILLING,
      response: { etag: "x" },
      serviceData: {
        policyDelta: { bindingDeltas: [{ action: "ADD", role: "roles/run.invoker", member: "allUsers" }] },
      },
    };
    expect(kept(cut)).toMatchObject({ after: null });
    expect(kept({ ...cut, serviceData: {} })).toMatchObject({ after: [], deltas: null });
  });
});

test("whatever an item is, it is told apart and nothing throws", () => {
  assert(
    property(anything({ withNullPrototype: true }), anything(), (item, part) => {
      const payload = {
        serviceName: RUN,
        methodName: "google.cloud.run.v1.Services.SetIamPolicy",
        resourceName: BILLING,
        request: part,
        response: part,
        serviceData: part,
        metadata: part,
        authenticationInfo: part,
        status: part,
      };
      for (const each of [item, entryOf(payload), { ...base, protoPayload: part, resource: part, operation: part }])
        expect(["entry", "aside", "odd"]).toContain(parseEntry(each).kind);
    }),
    { numRuns: 60 },
  );
});
