import type { ProjectRecord } from "../../src/snapshot/snapshot.ts";

function read<T>(value: T): { readonly status: "read"; readonly value: T } {
  return { status: "read", value };
}

const noPolicy = read({ etag: "ACAB", bindings: [] });

/** The projects of everySnapshot. */
export const everyProjectRecord: readonly ProjectRecord[] = [
  {
    project: "acme-bare",
    services: { status: "read", value: [], note: "the API is not enabled in this project" },
    jobs: { status: "read", value: [], note: "the API is not enabled in this project" },
    accounts: read([]),
    pools: read([]),
    iap: [],
  },
  {
    project: "acme-prod",
    services: read([
      {
        kind: "service",
        region: "europe-west1",
        name: "billing",
        invokerCheckDisabled: true,
        ingress: "internal-and-cloud-load-balancing",
        defaultUrlDisabled: true,
        iapEnabled: true,
        account: "billing@acme-prod.iam.gserviceaccount.com",
        urls: ["https://billing-1001.europe-west1.run.app", "https://billing-abcdefghij-ew.a.run.app"],
        audiences: ["https://billing.acme.test"],
        labels: { "cost-center": "", team: "payments" },
        policy: read({
          etag: "BwBILL000AA=",
          bindings: [
            {
              role: "roles/run.invoker",
              members: ["allUsers", "serviceAccount:caller@acme-tools.iam.gserviceaccount.com"],
              condition: { title: "until new year", expression: 'request.time < timestamp("2027-01-01T00:00:00Z")' },
            },
          ],
        }),
        iap: { resource: "projects/1001/iap_web/cloud_run-europe-west1/services/billing", policy: noPolicy },
      },
      {
        kind: "function",
        region: "europe-west1",
        name: "thumbs",
        invokerCheckDisabled: false,
        ingress: "none",
        defaultUrlDisabled: false,
        iapEnabled: false,
        account: "1001-compute@developer.gserviceaccount.com",
        urls: ["https://thumbs-abcdefghij-ew.a.run.app"],
        audiences: [],
        policy: noPolicy,
        iap: null,
      },
      {
        kind: "service",
        region: "europe-west1",
        name: "ways",
        invokerCheckDisabled: false,
        ingress: "unknown",
        defaultUrlDisabled: false,
        iapEnabled: false,
        account: "1001-compute@developer.gserviceaccount.com",
        urls: ["https://ways-abcdefghij-ew.a.run.app"],
        audiences: [],
        policy: noPolicy,
        iap: null,
      },
      {
        kind: "service",
        region: "us-central1",
        name: "billing",
        invokerCheckDisabled: false,
        ingress: "internal",
        defaultUrlDisabled: false,
        iapEnabled: false,
        account: "1001-compute@developer.gserviceaccount.com",
        urls: ["https://billing-abcdefghij-ew.a.run.app"],
        audiences: [],
        policy: noPolicy,
        iap: null,
      },
    ]),
    jobs: read([
      {
        kind: "job",
        region: "europe-west1",
        name: "nightly",
        invokerCheckDisabled: false,
        ingress: "all",
        defaultUrlDisabled: false,
        iapEnabled: false,
        account: "billing@acme-prod.iam.gserviceaccount.com",
        urls: [],
        audiences: [],
        labels: { team: "payments" },
        policy: read({
          etag: "BwJOB0000AA=",
          bindings: [{ role: "roles/run.invoker", members: ["user:ann@acme.test"] }],
        }),
        iap: null,
      },
    ]),
    accounts: read(["billing@acme-prod.iam.gserviceaccount.com", "old@acme-prod.iam.gserviceaccount.com"]),
    pools: read([
      {
        name: "projects/1001/locations/global/workloadIdentityPools/github",
        active: true,
        providers: read([
          {
            name: "projects/1001/locations/global/workloadIdentityPools/github/providers/main",
            active: true,
            issuer: "https://issuer.acme.test",
            condition: "assertion.ref == 'main'",
            mapping: { "attribute.ref": "assertion.ref", "google.subject": "assertion.sub" },
            audiences: ["matrix"],
            // Of {"keys":[]}, without the spaces that the world has.
            jwks: "9638d11914735d0072002dd4d67c734a94ee7a0cd845e6dcbc984ee7581860a7",
          },
          {
            name: "projects/1001/locations/global/workloadIdentityPools/github/providers/spare",
            active: false,
            issuer: "https://issuer.acme.test",
            condition: null,
            mapping: { "google.subject": "assertion.sub" },
            audiences: [],
            jwks: null,
          },
        ]),
      },
      { name: "projects/1001/locations/global/workloadIdentityPools/off", active: false, providers: read([]) },
    ]),
    iap: [
      {
        resource: "projects/1001/iap_web",
        policy: read({
          etag: "BwIAPWEB0AA=",
          bindings: [
            {
              role: "roles/iap.httpsResourceAccessor",
              members: ["domain:acme.test"],
              condition: { title: "until new year", expression: 'request.time < timestamp("2027-01-01T00:00:00Z")' },
            },
          ],
        }),
      },
      { resource: "projects/1001/iap_web/cloud_run-europe-west1", policy: noPolicy },
    ],
  },
];
