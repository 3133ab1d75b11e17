import { account, customRole, folder, grants, key, makeWorld, organization, project, service } from "./world.ts";

export const officeHours = { title: "office", expression: 'request.time < timestamp("2027-01-01T00:00:00Z")' };

/** One of everything, for the tests of the server itself. */
export const smallWorld = makeWorld({
  organizations: [organization("111", { policy: grants(["roles/viewer", "domain:acme.test"]) })],
  folders: [folder("222", "organizations/111")],
  projects: [
    project("acme-prod", "1001", {
      parent: "folders/222",
      policy: { bindings: [{ role: "roles/run.invoker", members: ["user:ann@acme.test"], condition: officeHours }] },
      deny: [
        {
          id: "fence",
          rules: [
            {
              deniedPrincipals: ["principalSet://goog/public:all"],
              exceptionPrincipals: [],
              deniedPermissions: ["run.googleapis.com/routes.invoke"],
              exceptionPermissions: [],
              condition: "resource.matchTag('1/env', 'prod')",
            },
          ],
        },
      ],
      services: [
        service("billing", {
          policy: grants(["roles/run.invoker", "allUsers"]),
          account: "billing@acme-prod.iam.gserviceaccount.com",
          invokerCheckDisabled: "True",
          urls: ["https://billing-1001.europe-west1.run.app", "https://billing-abc-ew.a.run.app"],
        }),
        service("ledger", { region: "us-central1" }),
        service("nightly", { kind: "job" }),
        service("thumbs", { kind: "function" }),
      ],
      accounts: [
        account("billing@acme-prod.iam.gserviceaccount.com", { keys: [key("k1")] }),
        account("old@acme-prod.iam.gserviceaccount.com", { disabled: true }),
        account("new@acme-prod.iam.gserviceaccount.com"),
      ],
      pools: [
        {
          id: "github",
          state: "ACTIVE",
          providers: [{ id: "main", state: "DISABLED", issuer: "https://issuer.test", condition: null }],
        },
        { id: "buried", state: "DELETED", providers: [] },
      ],
      iap: { iap_web: grants(["roles/iap.httpsResourceAccessor", "domain:acme.test"]) },
    }),
    project("acme-bare", "1002", { parent: "folders/222" }),
  ],
  customRoles: [
    customRole("projects/acme-prod/roles/caller", ["run.routes.invoke"]),
    customRole("projects/acme-prod/roles/gone", ["run.routes.invoke"], "DELETED"),
  ],
  groups: [
    { email: "all@acme.test", members: ["user:ann@acme.test", "group:ops@acme.test"] },
    { email: "ops@acme.test", members: ["user:bob@acme.test", "group:all@acme.test"] },
  ],
  roles: { "roles/run.invoker": ["run.instances.invoke", "run.jobs.run", "run.routes.invoke"] },
});
