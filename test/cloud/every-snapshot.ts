import type { Snapshot } from "../../src/snapshot/snapshot.ts";
import { everyProjectRecord } from "./every-project-record.ts";

function read<T>(value: T): { readonly status: "read"; readonly value: T } {
  return { status: "read", value };
}

const noPolicy = read({ etag: "ACAB", bindings: [] });

/** What must be read of everyWorld by whoever asks for the project acme-prod and the scope folders/222. */
export const everySnapshot: Omit<Snapshot, "sha256" | "endpoints"> = {
  schema: "matrix/snapshot/v1",
  version: "0.0.0",
  startedAt: "2026-11-22T08:00:00Z",
  finishedAt: "2026-11-22T08:00:00Z",
  reader: null,
  environment: "prod",
  asked: { projects: ["acme-prod"], scope: ["folders/222"], groups: true },
  scopes: [{ resource: "folders/222", projects: read(["acme-bare", "acme-prod"]) }],
  containers: [
    {
      resource: "folders/222",
      details: read({ number: "222", parent: "organizations/111" }),
      policy: noPolicy,
      deny: read([]),
    },
    {
      resource: "organizations/111",
      details: read({ number: "111", parent: null }),
      policy: read({ etag: "BwORG0000AA=", bindings: [{ role: "roles/viewer", members: ["domain:acme.test"] }] }),
      deny: read([
        {
          name: "policies/cloudresourcemanager.googleapis.com%2Forganizations%2F111/denypolicies/no-strangers",
          rules: [
            {
              deniedPrincipals: ["principalSet://goog/public:all"],
              exceptionPrincipals: ["principalSet://goog/group/guards@acme.test"],
              deniedPermissions: ["run.googleapis.com/routes.invoke"],
              exceptionPermissions: ["run.googleapis.com/jobs.run"],
              condition: "resource.matchTag('111/env', 'prod')",
            },
            {
              deniedPrincipals: ["principal://goog/subject/eve@acme.test"],
              exceptionPrincipals: [],
              deniedPermissions: ["iam.googleapis.com/serviceAccounts.actAs"],
              exceptionPermissions: [],
            },
          ],
        },
      ]),
    },
    {
      resource: "projects/acme-bare",
      details: read({ number: "1002", parent: "folders/222" }),
      policy: noPolicy,
      deny: read([]),
    },
    {
      resource: "projects/acme-prod",
      details: read({ number: "1001", parent: "folders/222" }),
      policy: read({
        etag: "BwPROD000AA=",
        bindings: [
          {
            role: "roles/run.invoker",
            members: ["group:ops@acme.test"],
            condition: { title: "until new year", expression: 'request.time < timestamp("2027-01-01T00:00:00Z")' },
          },
          { role: "roles/nowhere", members: ["user:eve@acme.test"] },
          { role: "projects/acme-prod/roles/caller", members: ["user:Ann@acme.test"] },
          { role: "projects/acme-prod/roles/gone", members: ["user:ann@acme.test"] },
          { role: "projects/acme-prod/roles/off", members: ["user:ann@acme.test"] },
        ],
      }),
      deny: read([]),
    },
  ],
  accounts: [
    { email: "1001-compute@developer.gserviceaccount.com", details: read(null) },
    {
      email: "billing@acme-prod.iam.gserviceaccount.com",
      details: read({ uniqueId: "100000000000000000001", disabled: false }),
      keys: read([
        { id: "aaa", disabled: false, validAfter: "2025-01-02T03:04:05Z", validBefore: "9999-12-31T23:59:59Z" },
        { id: "bbb", disabled: true, validAfter: "2025-01-02T03:04:05Z", validBefore: "2026-12-31T00:00:00Z" },
      ]),
      policy: read({
        etag: "BwACCT000AA=",
        bindings: [
          {
            role: "roles/iam.workloadIdentityUser",
            condition: { title: "until new year", expression: 'request.time < timestamp("2027-01-01T00:00:00Z")' },
            members: [
              "principalSet://iam.googleapis.com/projects/1001/locations/global/workloadIdentityPools/github/*",
            ],
          },
        ],
      }),
      lastAuthenticated: read("2026-11-20T08:00:00Z"),
    },
    {
      email: "caller@acme-tools.iam.gserviceaccount.com",
      details: read({ uniqueId: "100000000000000000003", disabled: true }),
    },
    {
      email: "old@acme-prod.iam.gserviceaccount.com",
      details: read({ uniqueId: "100000000000000000002", disabled: true }),
      keys: read([]),
      policy: noPolicy,
      lastAuthenticated: read(null),
    },
  ],
  groups: [
    { email: "guards@acme.test", members: read(["user:cid@acme.test"]) },
    {
      email: "ops@acme.test",
      members: read([
        "group:night@acme.test",
        "serviceAccount:billing@acme-prod.iam.gserviceaccount.com",
        "user:ann@acme.test",
        "user:bob@acme.test",
      ]),
    },
  ],
  projects: everyProjectRecord,
  roles: [
    { name: "projects/acme-prod/roles/caller", source: "live", permissions: read(["run.routes.invoke"]) },
    { name: "projects/acme-prod/roles/gone", source: "live", permissions: read([]) },
    { name: "projects/acme-prod/roles/off", source: "live", permissions: read([]) },
    {
      name: "roles/iam.workloadIdentityUser",
      source: "live",
      permissions: read(["iam.serviceAccounts.getAccessToken", "iam.serviceAccounts.getOpenIdToken"]),
    },
    {
      name: "roles/iap.httpsResourceAccessor",
      source: "live",
      permissions: read(["iap.webServiceVersions.accessViaIAP"]),
    },
    {
      name: "roles/nowhere",
      source: "live",
      permissions: { status: "failed", reason: "404: The role named roles/nowhere was not found." },
    },
    { name: "roles/run.invoker", source: "live", permissions: read(["run.jobs.run", "run.routes.invoke"]) },
    { name: "roles/viewer", source: "live", permissions: read([]) },
  ],
};
