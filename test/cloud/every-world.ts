import { account, customRole, folder, key, makeWorld, organization, project, service } from "./world.ts";

const shift = { title: "until new year", expression: 'request.time < timestamp("2027-01-01T00:00:00Z")' };

export const billingAccount = "billing@acme-prod.iam.gserviceaccount.com";

/** A world with everything in it that a snapshot can say. What it must be read as stands in every-snapshot.ts. */
export const everyWorld = makeWorld({
  organizations: [
    organization("111", {
      policy: { etag: "BwORG0000AA=", bindings: [{ role: "roles/viewer", members: ["domain:acme.test"] }] },
      deny: [
        {
          id: "no-strangers",
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
      ],
    }),
  ],
  folders: [folder("222", "organizations/111")],
  projects: [
    project("acme-prod", "1001", {
      parent: "folders/222",
      policy: {
        etag: "BwPROD000AA=",
        bindings: [
          { role: "roles/run.invoker", members: ["group:ops@acme.test"], condition: shift },
          { role: "roles/nowhere", members: ["user:eve@acme.test"] },
          { role: "projects/acme-prod/roles/caller", members: ["user:Ann@acme.test"] },
          { role: "projects/acme-prod/roles/gone", members: ["user:ann@acme.test"] },
          { role: "projects/acme-prod/roles/off", members: ["user:ann@acme.test"] },
        ],
      },
      services: [
        service("billing", {
          policy: {
            etag: "BwBILL000AA=",
            bindings: [
              {
                role: "roles/run.invoker",
                members: ["allUsers", "serviceAccount:caller@acme-tools.iam.gserviceaccount.com"],
                condition: shift,
              },
            ],
          },
          account: billingAccount,
          invokerCheckDisabled: "True",
          ingress: "internal-and-cloud-load-balancing",
          defaultUrlDisabled: true,
          iapEnabled: true,
          urls: ["https://billing-1001.europe-west1.run.app", "https://billing-abcdefghij-ew.a.run.app"],
          audiences: ["https://billing.acme.test"],
          labels: { team: "payments", "cost-center": "" },
        }),
        service("billing", { region: "us-central1", invokerCheckDisabled: "False", ingress: "internal" }),
        service("thumbs", { kind: "function", ingress: "none" }),
        service("ways", { ingress: "unknown" }),
        service("nightly", {
          kind: "job",
          account: billingAccount,
          labels: { team: "payments" },
          policy: { etag: "BwJOB0000AA=", bindings: [{ role: "roles/run.invoker", members: ["user:ann@acme.test"] }] },
        }),
      ],
      accounts: [
        account(billingAccount, {
          uniqueId: "100000000000000000001",
          lastAuthenticated: "2026-11-20T08:00:00Z",
          keys: [key("aaa"), key("bbb", { disabled: true, validBefore: "2026-12-31T00:00:00Z" })],
          policy: {
            etag: "BwACCT000AA=",
            bindings: [
              {
                role: "roles/iam.workloadIdentityUser",
                condition: shift,
                members: [
                  "principalSet://iam.googleapis.com/projects/1001/locations/global/workloadIdentityPools/github/*",
                ],
              },
            ],
          },
        }),
        account("old@acme-prod.iam.gserviceaccount.com", { uniqueId: "100000000000000000002", disabled: true }),
      ],
      pools: [
        {
          id: "github",
          state: "ACTIVE",
          providers: [
            {
              id: "main",
              state: "ACTIVE",
              issuer: "https://issuer.acme.test",
              condition: "assertion.ref == 'main'",
              mapping: { "google.subject": "assertion.sub", "attribute.ref": "assertion.ref" },
              audiences: ["matrix"],
              jwksJson: '{ "keys": [] }',
            },
            { id: "spare", state: "DISABLED", issuer: "https://issuer.acme.test", condition: null },
          ],
        },
        { id: "off", state: "DISABLED", providers: [] },
      ],
      iap: {
        iap_web: {
          etag: "BwIAPWEB0AA=",
          bindings: [{ role: "roles/iap.httpsResourceAccessor", members: ["domain:acme.test"], condition: shift }],
        },
      },
    }),
    // Below the same folder, and nobody asked for it by name.
    project("acme-bare", "1002", { parent: "folders/222" }),
    project("acme-buried", "1003", { parent: "folders/222", state: "DELETE_REQUESTED" }),
    // Outside of the scope: an account that calls lives there, and one that is named there does not exist.
    project("acme-tools", "1004", {
      accounts: [
        account("caller@acme-tools.iam.gserviceaccount.com", { uniqueId: "100000000000000000003", disabled: true }),
      ],
    }),
  ],
  groups: [
    // Only a deny policy names it.
    { email: "guards@acme.test", members: ["user:cid@acme.test"] },
    { email: "ops@acme.test", members: ["user:ann@acme.test", "group:night@acme.test"] },
    {
      email: "night@acme.test",
      members: ["user:bob@acme.test", `serviceAccount:${billingAccount}`, "group:ops@acme.test"],
    },
  ],
  roles: {
    "roles/run.invoker": ["run.instances.invoke", "run.jobs.run", "run.routes.invoke"],
    "roles/viewer": ["run.services.get", "run.services.list"],
    "roles/iam.workloadIdentityUser": ["iam.serviceAccounts.getAccessToken", "iam.serviceAccounts.getOpenIdToken"],
    "roles/iap.httpsResourceAccessor": ["iap.webServiceVersions.accessViaIAP"],
  },
  customRoles: [
    customRole("projects/acme-prod/roles/caller", ["run.routes.invoke", "run.services.get"]),
    customRole("projects/acme-prod/roles/gone", ["run.routes.invoke"], "DELETED"),
    customRole("projects/acme-prod/roles/off", ["run.routes.invoke"], "DISABLED"),
  ],
  closed: { "services projects/acme-bare": "disabled", "jobs projects/acme-bare": "disabled" },
});
