import type { Snapshot } from "../../src/snapshot/snapshot.ts";
import { ana, api, bound, ops, subject, web, type Example } from "./example.ts";
import { account, bind, denyRule, group, partial, roleOf, world, service, type TinyWorld } from "./tiny-world.ts";

/** `api` runs nowhere, and `web@` may invoke it; others come to be `web@`. */
const become = (more: TinyWorld): Snapshot => bound(web, { lists: ["web@p1.iam.gserviceaccount.com"], ...more });
const onWeb = (...bindings: ReturnType<typeof bind>[]): TinyWorld => ({
  accounts: [account("web@p1.iam.gserviceaccount.com", bindings)],
});
const direct = `direct ${web} allowed`;

export const indirectExamples: readonly Example[] = [
  {
    name: "X becomes account B by getOpenIdToken",
    snapshot: become(onWeb(bind("roles/iam.serviceAccountOpenIdTokenCreator", ana))),
    rows: [direct, `indirect ${ana} allowed`],
  },
  {
    name: "getAccessToken alone does not: B may not mint its own OpenID token",
    snapshot: become({
      ...onWeb(bind("roles/access", ana)),
      roles: [roleOf("roles/access", ["iam.serviceAccounts.getAccessToken"])],
    }),
    rows: [direct],
  },
  {
    name: "getAccessToken where B may mint its own OpenID token",
    snapshot: become({
      ...onWeb(bind("roles/access", ana), bind("roles/iam.serviceAccountOpenIdTokenCreator", web)),
      roles: [roleOf("roles/access", ["iam.serviceAccounts.getAccessToken"])],
    }),
    rows: [direct, `indirect ${ana} allowed`],
  },
  {
    name: "implicitDelegation towards one of these",
    snapshot: become({
      accounts: [
        account("web@p1.iam.gserviceaccount.com", [bind("roles/iam.serviceAccountOpenIdTokenCreator", api)]),
        account("api@p1.iam.gserviceaccount.com", [bind("roles/delegate", ana)]),
      ],
      roles: [roleOf("roles/delegate", ["iam.serviceAccounts.implicitDelegation"])],
    }),
    rows: [direct, `indirect ${api} allowed`, `indirect ${ana} allowed`],
  },
  {
    name: "actAs alone is worth nothing",
    snapshot: become(onWeb(bind("roles/iam.serviceAccountUser", ana))),
    rows: [direct],
  },
  {
    name: "actAs plus one create permission of a scheduler in a project that was read",
    snapshot: become({
      ...onWeb(bind("roles/iam.serviceAccountUser", ana)),
      project: { bindings: [bind("roles/cloudscheduler.admin", ana)] },
    }),
    rows: [direct, `indirect ${ana} allowed`],
  },
  {
    name: "X opens a service by setIamPolicy above; deny applies per permission",
    snapshot: world({
      services: [service("api")],
      project: {
        bindings: [bind("roles/policies", [ana, "user:bo@acme.test"])],
        deny: [
          denyRule(["principal://goog/subject/bo@acme.test"], {
            deniedPermissions: ["cloudresourcemanager.googleapis.com/projects.setIamPolicy"],
          }),
        ],
      },
      roles: [roleOf("roles/policies", ["resourcemanager.projects.setIamPolicy"])],
    }),
    rows: [`indirect ${ana} allowed`],
  },
  {
    name: "X opens a service by iam.roles.update on a custom role bound there",
    snapshot: world({
      services: [service("api", { bindings: [bind("projects/p1/roles/small", "user:bo@acme.test")] })],
      project: { bindings: [bind("roles/iam.roleAdmin", ana)] },
      roles: [roleOf("projects/p1/roles/small", [])],
    }),
    rows: [`indirect ${ana} allowed`],
  },
  {
    name: "principals on workloadIdentityUser start a path of their own",
    snapshot: become(onWeb(bind("roles/iam.workloadIdentityUser", subject))),
    rows: [direct, `indirect ${subject} allowed`],
  },
  {
    name: "an account in a read group goes on from there",
    snapshot: become({
      accounts: [
        account("web@p1.iam.gserviceaccount.com", [bind("roles/iam.serviceAccountKeyAdmin", ops)]),
        account("api@p1.iam.gserviceaccount.com", [bind("roles/iam.serviceAccountAdmin", ana)]),
      ],
      groups: [group("ops@acme.test", [api])],
    }),
    rows: [direct, `indirect ${ops} allowed`, `indirect ${ana} allowed`],
  },
  {
    name: "an account on the way is in allAuthenticatedUsers",
    snapshot: become({
      accounts: [
        account("web@p1.iam.gserviceaccount.com", [bind("roles/iam.serviceAccountKeyAdmin", "allAuthenticatedUsers")]),
        account("api@p1.iam.gserviceaccount.com", [bind("roles/iam.serviceAccountAdmin", ana)]),
      ],
    }),
    rows: [direct, "indirect allAuthenticatedUsers allowed", `indirect ${ana} allowed`],
  },
  {
    name: "becoming B is as sure as B's own path, without the public sets that B is in",
    snapshot: world({
      services: [
        service("api", { bindings: [bind("roles/half", web), bind("roles/run.servicesInvoker", "allUsers")] }),
      ],
      roles: [roleOf("roles/half", partial([]))],
      ...onWeb(bind("roles/iam.serviceAccountOpenIdTokenCreator", ana)),
    }),
    rows: ["direct allUsers allowed", direct, `indirect ${ana} unknown`],
  },
  {
    name: "an inactive pool starts none",
    snapshot: world({
      services: [service("api", { bindings: [bind("roles/policies", subject)] })],
      roles: [roleOf("roles/policies", ["run.services.setIamPolicy"])],
      pools: [
        {
          name: "projects/111/locations/global/workloadIdentityPools/ci",
          active: false,
          providers: { status: "read", value: [] },
        },
      ],
    }),
    rows: [],
  },
  {
    name: "in the indirect ring deny applies per permission, to the account that acts",
    snapshot: become({
      accounts: [
        account("web@p1.iam.gserviceaccount.com", [bind("roles/iam.serviceAccountKeyAdmin", ops)]),
        account("api@p1.iam.gserviceaccount.com", [bind("roles/iam.serviceAccountAdmin", ana)]),
      ],
      groups: [group("ops@acme.test", [api])],
      project: {
        deny: [
          denyRule(["principal://goog/subject/api@p1.iam.gserviceaccount.com"], {
            deniedPermissions: ["iam.googleapis.com/serviceAccountKeys.create"],
          }),
        ],
      },
    }),
    rows: [direct, `indirect ${ops} allowed`],
  },
  {
    name: "who writes policies of folders opens nothing where there is no folder",
    snapshot: world({
      services: [service("api")],
      project: { parent: "organizations/9" },
      above: { "organizations/9": { bindings: [bind("roles/folders", ana)] } },
      roles: [roleOf("roles/folders", ["resourcemanager.folders.setIamPolicy"])],
    }),
    rows: [],
  },
  {
    name: "actAs by one group and a create permission by another are held by who is in both",
    snapshot: become({
      ...onWeb(bind("roles/iam.serviceAccountUser", ops)),
      project: { bindings: [bind("roles/cloudscheduler.admin", "group:dev@acme.test")] },
      groups: [group("ops@acme.test", [ana]), group("dev@acme.test", [ana])],
    }),
    rows: [direct, `indirect ${ana} allowed`],
  },
];
