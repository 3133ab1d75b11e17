import { account, customRole, grants, key, makeWorld, organization, project, service } from "./world.ts";

const billing = "billing@acme.iam.gserviceaccount.com";

/** Small, since it is read hundreds of times, with every kind of request in it, and some lists of two pages. */
export const tinyWorld = makeWorld({
  organizations: [
    organization("111", {
      policy: grants(["roles/run.invoker", "user:ann@acme.test"]),
      deny: [
        {
          id: "fence",
          rules: [
            {
              deniedPrincipals: ["principalSet://goog/public:all"],
              exceptionPrincipals: [],
              deniedPermissions: ["run.googleapis.com/routes.invoke"],
              exceptionPermissions: [],
            },
          ],
        },
      ],
    }),
  ],
  projects: [
    project("acme", "1001", {
      parent: "organizations/111",
      policy: grants(["projects/acme/roles/caller", "group:ops@acme.test"]),
      services: [
        service("billing", { account: billing, iapEnabled: true, policy: grants(["roles/run.invoker", "allUsers"]) }),
        service("ledger", { account: billing, region: "us-central1" }),
        service("nightly", { kind: "job", account: billing }),
      ],
      accounts: [
        account(billing, {
          lastAuthenticated: "2026-11-20T08:00:00Z",
          keys: [key("k1")],
          policy: grants(["roles/run.invoker", `serviceAccount:${billing}`]),
        }),
      ],
      pools: [
        {
          id: "github",
          state: "ACTIVE",
          providers: [{ id: "main", state: "ACTIVE", issuer: "https://issuer.test", condition: null }],
        },
      ],
      iap: { iap_web: grants(["roles/run.invoker", "user:ann@acme.test"]) },
    }),
    project("elsewhere", "1002", { accounts: [account("caller@elsewhere.iam.gserviceaccount.com")] }),
  ],
  groups: [
    {
      email: "ops@acme.test",
      members: ["user:ann@acme.test", "serviceAccount:caller@elsewhere.iam.gserviceaccount.com"],
    },
  ],
  roles: { "roles/run.invoker": ["run.jobs.run", "run.routes.invoke"] },
  customRoles: [customRole("projects/acme/roles/caller", ["run.routes.invoke"])],
});
