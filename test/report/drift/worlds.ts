import { CHECKOUT, findingOf, hopOf, pathOf, PROJECT, reportOf, rowOf, unreadOf } from "./fixture.ts";

const dev = "group:dev@acme.example";
const developer = { member: dev, role: "roles/run.developer" } as const;
const opened = Array.from({ length: 180 }, (_, i) => `service-${String(i + 1).padStart(3, "0")}`);
const until = 'request.time < timestamp("2026-12-01T00:00:00Z") || resource.matchTag("111/env", "prod")';

const inheritedCaller = findingOf({
  rule: "undeclared-caller-inherited",
  services: opened,
  principal: dev,
  resource: PROJECT,
  role: "roles/run.developer",
  message: `${dev} can invoke 180 services by roles/run.developer on ${PROJECT}, which the matrix does not declare`,
  fix: `gcloud projects remove-iam-policy-binding acme-prod --member='${dev}' --role='roles/run.developer' --condition=None`,
  paths: [pathOf(developer)],
});

const publicService = findingOf({
  rule: "public-undeclared",
  service: "billing",
  services: ["billing"],
  principal: "allUsers",
  resource: `${PROJECT}/locations/europe-west1/services/billing-api`,
  role: "roles/run.invoker",
  message:
    "everybody can invoke billing, which is not public in the matrix; ingress is internal, the default URL is off, IAP is off",
  fix: "gcloud run services remove-iam-policy-binding billing-api --project=acme-prod --region=europe-west1 --member='allUsers' --role='roles/run.invoker'",
  paths: [
    pathOf({
      level: "service",
      resource: `${PROJECT}/locations/europe-west1/services/billing-api`,
      member: "allUsers",
    }),
  ],
  criteria: ["CC6.1", "CC6.6"],
});

const beyond = findingOf({
  rule: "access-beyond-matrix",
  severity: "warning",
  confidence: "conditional",
  service: "ledger",
  services: ["ledger"],
  principal: "user:ann@acme.example",
  message: "user:ann@acme.example is declared at ledger and can invoke it by another path too",
  paths: [
    {
      ...pathOf(
        { ...developer, condition: until },
        { kind: "group", resource: dev, role: null, member: "user:ann@acme.example" },
      ),
      allow: "conditional",
    },
    pathOf({ kind: "convenience", role: "roles/editor", member: "user:ann@acme.example" }),
    pathOf({ kind: "set", resource: "allAuthenticatedUsers", role: null, member: "user:ann@acme.example" }),
    pathOf({ kind: "invoker-check", role: null, member: "allUsers" }),
    pathOf({ level: "folder", resource: "folders/222" }),
  ],
  span: { file: "matrix.yaml", line: 42, column: 5, endLine: 42, endColumn: 29 },
});

const indirect = findingOf({
  rule: "indirect-caller",
  severity: "warning",
  confidence: "possible",
  service: "billing",
  services: ["billing", "ledger"],
  principal: "user:bob@acme.example",
  resource: `${PROJECT}/serviceAccounts/checkout-sa@acme-prod.iam.gserviceaccount.com`,
  message: "user:bob@acme.example can become checkout, which may invoke billing and ledger",
  paths: [
    pathOf(
      {
        kind: "impersonate",
        level: "account",
        role: "roles/iam.serviceAccountTokenCreator",
        member: "user:bob@acme.example",
      },
      { level: "service" },
    ),
  ],
  criteria: [],
});

const key = findingOf({
  rule: "user-managed-key",
  severity: "info",
  message: "checkout-sa@acme-prod.iam.gserviceaccount.com has a key that ends in 9999",
  principal: CHECKOUT,
});

/** A bit of everything, and all of it read. */
export const rich = reportOf({
  findings: [
    key,
    beyond,
    inheritedCaller,
    indirect,
    publicService,
    findingOf({
      rule: "default-runtime-account",
      severity: "warning",
      service: "legacy",
      services: ["legacy"],
      message: "legacy runs as the default compute account",
      accepted: "EX-7",
    }),
    findingOf({
      rule: "declared-caller-missing",
      service: "search",
      services: ["search"],
      message: "frontend is declared at search and cannot invoke it",
      pending: true,
    }),
  ],
  access: [
    rowOf({}),
    rowOf({
      service: null,
      name: "shadow",
      principal: dev,
      caller: null,
      declared: false,
      paths: [
        {
          declared: false,
          standing: "undeclared",
          managed: false,
          inherited: null,
          allow: "allowed",
          hops: [hopOf(developer)],
        },
      ],
    }),
    rowOf({
      principal: "user:bob@acme.example",
      caller: null,
      declared: false,
      ring: "indirect",
      verdict: "unknown",
      paths: [
        {
          declared: false,
          standing: "undeclared",
          managed: false,
          inherited: null,
          allow: "unknown",
          hops: [hopOf({ kind: "key", member: "user:bob@acme.example" }), hopOf({})],
        },
      ],
    }),
    rowOf({
      principal: "user:eve@acme.example",
      caller: null,
      declared: false,
      verdict: "denied",
      through: dev,
      denyUnread: false,
    }),
  ],
  horizon: [
    { resource: "folders/222", read: true, reason: null },
    {
      resource: "organizations/111",
      read: false,
      reason: "Permission 'resourcemanager.organizations.getIamPolicy' denied",
    },
  ],
  unexpanded: [dev, "group:sre@acme.example"],
  builtInRoles: [
    { role: "roles/run.developer", date: "2026-10-01" },
    { role: "roles/run.invoker", date: "2026-10-01" },
  ],
  snapshot: { ...reportOf({}).snapshot, endpoints: { run: "http://127.0.0.1:8080/" } },
});

export const clean = reportOf({
  access: [
    rowOf({}),
    rowOf({
      principal: "serviceAccount:service-1@serverless-robot-prod.iam.gserviceaccount.com",
      managed: true,
      caller: null,
    }),
  ],
});

const jobs = unreadOf({
  what: "jobs",
  resource: "projects/acme-data",
  status: "failed",
  reason: "503 after 5 attempts",
  services: [],
});

/** Not everything read, and a finding in what was. */
export const incomplete = reportOf({
  complete: false,
  unread: [
    unreadOf({}),
    unreadOf({ resource: `${PROJECT}/locations/europe-west1/services/ledger`, services: ["ledger"] }),
    jobs,
  ],
  findings: [
    publicService,
    findingOf({
      rule: "not-readable",
      resource: unreadOf({}).resource,
      services: ["billing"],
      message: "the IAM policy of billing could not be read",
      fix: "gcloud projects add-iam-policy-binding acme-prod --member='serviceAccount:drift-reader@acme-audit.iam.gserviceaccount.com' --role='roles/run.viewer'",
    }),
  ],
});

/** Complete but for what an exception accepts. */
export const except = reportOf({
  unread: [unreadOf({ what: "services", resource: "projects/acme-legacy", services: [], accepted: "EX-4" })],
  findings: [
    findingOf({
      rule: "not-readable",
      resource: "projects/acme-legacy",
      message: "the services of acme-legacy could not be read",
      accepted: "EX-4",
    }),
  ],
});
