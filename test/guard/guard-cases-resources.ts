import type { GuardCase } from "./guard-cases.ts";
import { type Action, binding, change, CHECKOUT, INVOKER, member } from "./guarded.ts";

/** Cases of keys, accounts, rows, roles and services, and of what cannot be judged. */
const V2 = "google_cloud_run_v2_service";
const DANA = "user:dana@acme.example";
const account = "projects/acme-prod/serviceAccounts/checkout-sa@acme-prod.iam.gserviceaccount.com";
const checkoutAccount = {
  account_id: "checkout-sa",
  project: "acme-prod",
  email: "checkout-sa@acme-prod.iam.gserviceaccount.com",
  disabled: false,
};
const project = (role: string, principal = DANA): object => ({ project: "acme-prod", role, member: principal });
const service = (name: string, more: object): object => ({
  project: "acme-prod",
  location: "europe-west1",
  name,
  ...more,
});
const replaced: readonly Action[] = ["delete", "create"];
const customRole = (permissions: readonly string[]): object => ({
  project: "acme-prod",
  role_id: "caller",
  name: "projects/acme-prod/roles/caller",
  permissions,
});
const known = { type: `${V2}_iam_member`, name: "call" } as const;

export const resourceCases: readonly GuardCase[] = [
  {
    rule: "plan-makes-key",
    what: "a key",
    changes: [change({ type: "google_service_account_key", name: "key", after: { service_account_id: account } })],
  },
  {
    rule: "plan-widens-role",
    what: "a role that somebody may hold",
    changes: [
      change({
        type: "google_project_iam_custom_role",
        name: "caller",
        actions: ["update"],
        before: customRole(["run.services.get"]),
        after: customRole(["run.services.get", "run.routes.invoke"]),
      }),
    ],
  },
  {
    rule: "plan-clashes",
    what: "a binding of the same row",
    changes: [change({ type: `${V2}_iam_binding`, name: "callers", after: binding("billing", [CHECKOUT]) })],
  },
  {
    rule: "plan-clashes",
    what: "an account that is made twice",
    changes: [change({ type: "google_service_account", after: checkoutAccount })],
  },
  {
    rule: "plan-destroys-account",
    what: "destroyed",
    changes: [
      change({ type: "google_service_account", name: "checkout", actions: ["delete"], before: checkoutAccount }),
    ],
  },
  {
    rule: "plan-destroys-account",
    what: "made again, of the same name",
    changes: [
      change({ type: "google_service_account", actions: replaced, before: checkoutAccount, after: checkoutAccount }),
    ],
  },
  {
    rule: "plan-destroys-account",
    what: "disabled",
    changes: [
      change({
        type: "google_service_account",
        actions: ["update"],
        before: checkoutAccount,
        after: { ...checkoutAccount, disabled: true },
      }),
    ],
  },
  {
    rule: "plan-removes-declared",
    what: "a member",
    changes: [change({ ...known, actions: ["delete"], before: member("billing", CHECKOUT) })],
  },
  {
    rule: "plan-removes-declared",
    what: "a binding, with all that is in it",
    changes: [change({ type: `${V2}_iam_binding`, actions: ["delete"], before: binding("billing", []) })],
  },
  {
    rule: "plan-unknown-grant",
    what: "an unknown member",
    changes: [
      change({
        ...known,
        after: { project: "acme-prod", location: "europe-west1", name: "billing", role: INVOKER },
        unknown: { member: true },
      }),
    ],
  },
  {
    rule: "plan-unknown-grant",
    what: "a resource that came after this version",
    changes: [change({ type: "google_cloud_run_v2_instance_iam_member", after: { role: INVOKER } })],
  },
  {
    rule: "plan-unknown-role",
    what: "a custom role of which the plan says nothing",
    changes: [
      change({ type: "google_project_iam_member", name: "custom", after: project("organizations/7/roles/deployer") }),
    ],
  },
  {
    rule: "plan-runs-as",
    what: "by a role",
    changes: [
      change({
        type: "google_service_account_iam_member",
        name: "deploy",
        after: { service_account_id: account, role: "roles/iam.serviceAccountUser", member: DANA },
      }),
    ],
  },
  {
    rule: "plan-runs-as",
    what: "another service with the same account",
    changes: [change({ type: V2, after: service("copy", { template: [{ service_account: checkoutAccount.email }] }) })],
  },
  {
    rule: "plan-writes-policy",
    what: "on the project",
    changes: [
      change({
        type: "google_project_iam_member",
        name: "admin",
        after: project("roles/resourcemanager.projectIamAdmin"),
      }),
    ],
  },
  {
    rule: "plan-grants-beyond",
    what: "another role",
    changes: [change({ ...known, after: member("billing", CHECKOUT, { role: "roles/run.developer" }) })],
  },
  {
    rule: "plan-widens-ingress",
    what: "to all",
    changes: [change({ type: V2, name: "billing", after: service("billing", { ingress: "INGRESS_TRAFFIC_ALL" }) })],
  },
  {
    rule: "plan-outside-matrix",
    what: "a project that the matrix does not name",
    changes: [change({ ...known, after: { ...member("billing", DANA), project: "acme-elsewhere" } })],
  },
  {
    rule: "plan-grants-nothing",
    what: "the policy of a function",
    changes: [
      change({
        type: "google_cloudfunctions2_function_iam_member",
        name: "call",
        after: {
          project: "acme-prod",
          location: "europe-west1",
          cloud_function: "billing",
          role: "roles/cloudfunctions.invoker",
          member: DANA,
        },
      }),
    ],
  },
  {
    rule: "plan-grants-nothing",
    what: "a federated identity",
    changes: [
      change({
        ...known,
        after: member(
          "billing",
          "principal://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/gh/subject/x",
        ),
      }),
    ],
  },
];
