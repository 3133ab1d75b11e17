import type { GuardRuleId } from "../../src/guard/guard-rule-ids.ts";
import { change, CHECKOUT, INVOKER, member } from "./guarded.ts";
import { resourceCases } from "./guard-cases-resources.ts";

/** Changes of a plan in which one rule finds something of SHOP. The first of each rule is the example of its page. */
export interface GuardCase {
  readonly rule: GuardRuleId;
  readonly what: string;
  readonly changes: readonly object[];
  readonly more?: object;
}

const V2 = "google_cloud_run_v2_service";
const DANA = "user:dana@acme.example";
const account = "projects/acme-prod/serviceAccounts/checkout-sa@acme-prod.iam.gserviceaccount.com";
const project = (role: string, principal = DANA): object => ({ project: "acme-prod", role, member: principal });
const service = (name: string, more: object): object => ({
  project: "acme-prod",
  location: "europe-west1",
  name,
  ...more,
});
const policy = (...bindings: readonly object[]): string => JSON.stringify({ bindings });
const customRole = (permissions: readonly string[]): object => ({
  project: "acme-prod",
  role_id: "caller",
  name: "projects/acme-prod/roles/caller",
  permissions,
});
const known = { type: `${V2}_iam_member`, name: "call" } as const;

const grantCases: readonly GuardCase[] = [
  {
    rule: "plan-grants-public",
    what: "everybody",
    changes: [change({ ...known, after: member("billing", "allUsers") })],
  },
  {
    rule: "plan-grants-public",
    what: "everybody with a Google account, by the first API's resource",
    changes: [
      change({
        type: "google_cloud_run_service_iam_member",
        after: {
          project: "acme-prod",
          location: "europe-west1",
          service: "billing",
          role: INVOKER,
          member: "allAuthenticatedUsers",
        },
      }),
    ],
  },
  {
    rule: "plan-disables-invoker-check",
    what: "by the argument",
    changes: [change({ type: V2, name: "billing", after: service("billing", { invoker_iam_disabled: true }) })],
  },
  {
    rule: "plan-disables-invoker-check",
    what: "by the annotation of the first API, as gcloud spells it",
    changes: [
      change({
        type: "google_cloud_run_service",
        after: service("nobody-knows", {
          metadata: [{ annotations: { "run.googleapis.com/invoker-iam-disabled": "True" } }],
        }),
      }),
    ],
  },
  {
    rule: "plan-grants-undeclared",
    what: "a member",
    changes: [change({ ...known, after: member("billing", DANA) })],
  },
  {
    rule: "plan-grants-undeclared",
    what: "a member of a policy, on a service that the matrix does not name, by project number",
    changes: [
      change({
        type: `${V2}_iam_policy`,
        after: {
          name: "projects/111111111111/locations/europe-west1/services/other",
          policy_data: policy({ role: "roles/run.developer", members: [DANA] }),
        },
      }),
    ],
  },
  {
    rule: "plan-grants-undeclared",
    what: "a job",
    changes: [change({ type: "google_cloud_run_v2_job_iam_member", after: member("settle", CHECKOUT) })],
  },
  {
    rule: "plan-grants-inherited",
    what: "on the project",
    changes: [
      change({
        type: "google_project_iam_member",
        name: "devs",
        after: project("roles/run.developer", "group:devs@acme.example"),
      }),
    ],
  },
  {
    rule: "plan-grants-inherited",
    what: "on a folder, with a custom role of the plan",
    changes: [
      change({ type: "google_project_iam_custom_role", after: customRole(["run.routes.invoke"]) }),
      change({
        type: "google_folder_iam_binding",
        after: { folder: "folders/42", role: "projects/acme-prod/roles/caller", members: [DANA] },
      }),
    ],
  },
  {
    rule: "plan-passes-iap",
    what: "at the service",
    changes: [
      change({
        type: "google_iap_web_cloud_run_service_iam_member",
        name: "people",
        after: {
          project: "acme-prod",
          location: "europe-west1",
          cloud_run_service_name: "admin",
          role: "roles/iap.httpsResourceAccessor",
          member: "domain:acme.example",
        },
      }),
    ],
  },
  {
    rule: "plan-passes-iap",
    what: "at the project",
    changes: [change({ type: "google_project_iam_member", after: project("roles/iap.httpsResourceAccessor") })],
  },
  {
    rule: "plan-impersonates",
    what: "with tokens",
    changes: [
      change({
        type: "google_service_account_iam_member",
        name: "token",
        after: { service_account_id: account, role: "roles/iam.serviceAccountTokenCreator", member: DANA },
      }),
    ],
  },
  {
    rule: "plan-impersonates",
    what: "as a workload of another cloud, and everywhere in the project",
    changes: [
      change({
        type: "google_service_account_iam_binding",
        after: {
          service_account_id: account,
          role: "roles/iam.workloadIdentityUser",
          members: [
            "principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/gh/attribute.repository/acme/x",
          ],
        },
      }),
      change({ type: "google_project_iam_member", after: project("roles/iam.serviceAccountOpenIdTokenCreator") }),
    ],
  },
];

export const guardCases: readonly GuardCase[] = [...grantCases, ...resourceCases];
