import type { Policy, Reading, Snapshot } from "../../src/snapshot/snapshot.ts";

const policy: Reading<Policy> = {
  status: "read",
  value: {
    etag: "BwY=",
    bindings: [
      { role: "roles/run.invoker", members: ["user:ann@acme.example"] },
      { role: "roles/run.admin", members: [], condition: { title: "until", expression: "request.time < x" } },
    ],
  },
};

const iap = { resource: "projects/1/iap_web", policy } as const;

const service = {
  kind: "service",
  region: "europe-west1",
  name: "billing-api",
  policy,
  invokerCheckDisabled: false,
  ingress: "all",
  defaultUrlDisabled: false,
  iapEnabled: true,
  iap,
  account: "billing-sa@acme-prod.iam.gserviceaccount.com",
  urls: ["https://billing-api-1.europe-west1.run.app"],
  audiences: ["billing"],
  labels: { team: "payments" },
} as const;

/** A snapshot in which everything that can be there is there, and that has no digest yet. */
export const fullSnapshot: Omit<Snapshot, "sha256"> = {
  schema: "matrix/snapshot/v1",
  version: "0.1.0",
  startedAt: "2026-11-22T07:01:31Z",
  finishedAt: "2026-11-22T07:01:40Z",
  reader: "reader@acme-audit.iam.gserviceaccount.com",
  environment: "prod",
  asked: { projects: ["acme-prod"], scope: ["folders/2"], groups: true },
  endpoints: { run: "http://127.0.0.1:8080/" },
  scopes: [{ resource: "folders/2", projects: { status: "read", value: ["acme-prod"] } }],
  containers: [
    {
      resource: "projects/acme-prod",
      details: { status: "read", value: { number: "1", parent: "folders/2" }, note: "by its number" },
      policy,
      deny: {
        status: "partial",
        value: [
          {
            name: "policies/x",
            rules: [
              {
                deniedPrincipals: ["principalSet://goog/public:all"],
                exceptionPrincipals: ["principal://goog/subject/ann@acme.example"],
                deniedPermissions: ["run.googleapis.com/routes.invoke"],
                exceptionPermissions: ["run.googleapis.com/jobs.run"],
                condition: "resource.matchTag('1/env', 'prod')",
              },
            ],
          },
        ],
        reason: "quota",
      },
    },
    {
      resource: "folders/2",
      details: { status: "read", value: { number: "2", parent: null } },
      policy: { status: "denied", reason: "403" },
      deny: { status: "failed", reason: "503" },
    },
  ],
  projects: [
    {
      project: "acme-prod",
      services: {
        status: "read",
        value: [service, { ...service, kind: "function", name: "resize", iapEnabled: false, iap: null, account: null }],
      },
      jobs: { status: "read", value: [{ ...service, kind: "job", name: "nightly", ingress: "unknown" }] },
      accounts: { status: "read", value: ["billing-sa@acme-prod.iam.gserviceaccount.com"] },
      pools: {
        status: "read",
        value: [
          {
            name: "projects/1/locations/global/workloadIdentityPools/ci",
            active: true,
            providers: {
              status: "read",
              value: [
                {
                  name: "github",
                  active: true,
                  issuer: "https://token.actions.githubusercontent.com",
                  condition: "true",
                  mapping: { "google.subject": "assertion.sub" },
                  audiences: ["matrix"],
                  jwks: null,
                },
                { name: "saml", active: false, issuer: null, condition: null },
              ],
            },
          },
        ],
      },
      iap: [iap],
    },
  ],
  accounts: [
    {
      email: "billing-sa@acme-prod.iam.gserviceaccount.com",
      details: { status: "read", value: { uniqueId: "123", disabled: false } },
      keys: {
        status: "read",
        value: [{ id: "a1", disabled: false, validAfter: "2026-01-01T00:00:00Z", validBefore: "9999-12-31T23:59:59Z" }],
      },
      policy,
      lastAuthenticated: { status: "read", value: "2026-11-21T08:00:00Z" },
    },
    {
      email: "idle@acme-prod.iam.gserviceaccount.com",
      details: { status: "read", value: { uniqueId: "124", disabled: false } },
      lastAuthenticated: { status: "read", value: null },
    },
    { email: "gone@acme-prod.iam.gserviceaccount.com", details: { status: "read", value: null } },
  ],
  roles: [{ name: "roles/run.invoker", source: "live", permissions: { status: "read", value: ["run.routes.invoke"] } }],
  groups: [
    { email: "dev@acme.example", members: { status: "partial", value: ["user:ann@acme.example"], reason: "403" } },
  ],
};
