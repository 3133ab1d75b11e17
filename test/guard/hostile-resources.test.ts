import { describe, expect, test } from "vitest";
import { account, at, block, config, refs, ROW, row } from "./configured.ts";
import { binding, change, CHECKOUT, guarded, member, planOf, SHOP, told } from "./guarded.ts";

// Plans that were found to pass, and must not.

const V2 = "google_cloud_run_v2_service";
const DANA = "user:dana@acme.example";
const json = (text: string, ...references: readonly string[]): object => ({ constant_value: text, references });
const named = (id: string): object =>
  block("google_service_account", id, { account_id: { constant_value: `${id}-sa` } });

describe("services", () => {
  const service = (after: object, unknown: object = {}, more: object = {}): object =>
    change({ type: V2, after: { project: "acme-prod", location: "europe-west1", ...after }, unknown, ...more });
  const found = (each: object, more: object = {}): readonly string[] => told(guarded(planOf([each], more)));

  test("ingress that is left out is open to all, and one that is unknown is told", () => {
    expect(found(service({ name: "billing" }))).toEqual([`plan-widens-ingress ${V2}.x`]);
    const computed = service({ name: "billing" }, { ingress: true });
    expect(found(computed, config([block(V2, "x", {})]))).toEqual([`plan-widens-ingress ${V2}.x`]);
    expect(found(computed, config([block(V2, "x", { ingress: refs("local.x") })]))).toEqual([
      `plan-unknown-grant unknown ${V2}.x`,
    ]);
    expect(found(computed)).toEqual([`plan-unknown-grant unknown ${V2}.x`]);
    const before = {
      project: "acme-prod",
      location: "europe-west1",
      name: "billing",
      ingress: "INGRESS_TRAFFIC_INTERNAL_ONLY",
    };
    expect(found(service({ name: "billing" }, {}, { actions: ["update"], before }))).toEqual([]);
  });

  test("whom a workload runs as is followed, and unknown where nobody knows", () => {
    const other = { name: "other", project: "acme-else", template: [{}] };
    const marks = { template: [{ service_account: true }] };
    const of = (expressions: object): readonly string[] =>
      told(
        guarded(
          planOf(
            [account("checkout"), service(other, marks)],
            config([named("checkout"), block(V2, "x", expressions)]),
          ),
        ),
      ).filter((each) => !each.startsWith("plan-clashes"));
    expect(
      of({
        template: [
          {
            service_account: json("${google_service_account.checkout.email}", "google_service_account.checkout.email"),
          },
        ],
      }),
    ).toEqual([`plan-runs-as ${V2}.x ${CHECKOUT}`]);
    expect(of({ template: [{ service_account: refs("local.x") }] })).toEqual([`plan-runs-as unknown ${V2}.x`]);
    expect(of({ template: [{}] })).toEqual([]);
    expect(found(service(other, marks))).toEqual([`plan-runs-as unknown ${V2}.x`]);
  });

  test.each<readonly [string, object]>([
    ["google_cloud_scheduler_job", { http_target: [{ oidc_token: [{ service_account_email: CHECKOUT.slice(15) }] }] }],
    ["google_pubsub_subscription", { push_config: [{ oidc_token: [{ service_account_email: CHECKOUT.slice(15) }] }] }],
    ["google_cloudbuild_trigger", { service_account: `projects/acme-prod/serviceAccounts/${CHECKOUT.slice(15)}` }],
    ["google_compute_instance", { service_account: [{ email: CHECKOUT.slice(15) }] }],
    ["google_eventarc_trigger", { service_account: CHECKOUT.slice(15) }],
  ])("%s is another workload too", (type, after) => {
    expect(found(change({ type, after: { project: "evil-prj", ...after } }))).toEqual([
      `plan-runs-as ${type}.x ${CHECKOUT}`,
    ]);
  });
});

describe("rows that are written whole", () => {
  const matrix = SHOP.replace(
    "billing: { owner: team-payments }",
    "billing: { owner: team-payments, mode: observe }",
  ).replace("  checkout -> mailer", "  shop -> billing: Refunds\n  checkout -> mailer");
  const of = (each: object): readonly string[] => told(guarded(planOf([each]), matrix));
  const whole = { type: `${V2}_iam_binding`, after: binding("billing", [CHECKOUT]) };

  test("take out the declared callers that they leave out", () => {
    expect(of(change(whole))).toEqual([`plan-removes-declared ${V2}_iam_binding.x`]);
    const policy = { ...at, role: undefined, policy_data: "{}" };
    expect(of(change({ type: `${V2}_iam_policy`, after: policy }))).toEqual([
      `plan-removes-declared ${V2}_iam_policy.x`,
    ]);
    const before = binding("other", []);
    expect(of(change({ ...whole, actions: ["delete", "create"], before }))).toEqual([
      `plan-removes-declared ${V2}_iam_binding.x`,
    ]);
    const moved = {
      type: `${V2}_iam_binding`,
      actions: ["delete", "create"],
      before: binding("billing", [CHECKOUT]),
      after: before,
    } as const;
    expect(of(change(moved))).toEqual([`plan-removes-declared ${V2}_iam_binding.x`]);
  });

  test("and take out nobody where they hold all, leave it as it is, or are conditional", () => {
    const shop = "serviceAccount:shop-sa@acme-prod.iam.gserviceaccount.com";
    expect(of(change({ ...whole, after: binding("billing", [shop, CHECKOUT]) }))).toEqual([]);
    expect(of(change({ ...whole, actions: ["update"], before: binding("billing", [CHECKOUT, DANA]) }))).toEqual([]);
    const condition = [{ title: "t", expression: "false" }];
    expect(of(change({ ...whole, after: binding("billing", [], { condition }) }))).toEqual([]);
  });
});

describe("names that mean something else", () => {
  test("of a value that is known, something else was made", () => {
    const source = {
      address: "data.google_service_account.s",
      mode: "data",
      type: "google_service_account",
      name: "s",
      values: { email: CHECKOUT.slice(15), member: CHECKOUT },
    };
    const blocks = [block(ROW, "x", { member: refs("data.google_service_account.s.member") })];
    const plan = planOf([row()], {
      ...config(blocks),
      prior_state: { values: { root_module: { resources: [source] } } },
    });
    expect(told(guarded(plan))).toEqual([`plan-unknown-grant unknown ${ROW}.x`]);
  });

  test("a part of a project's id is not another project", () => {
    const of = (value: string): readonly string[] => {
      const providers = { google: { expressions: { project: refs("var.env") } } };
      const each = change({
        type: ROW,
        after: { ...member("billing", DANA), project: undefined },
        unknown: { project: true },
      });
      const more = {
        ...config([block(ROW, "x", {})], { variables: { env: {} } }, providers),
        variables: { env: { value } },
      };
      return told(guarded(planOf([each], more)));
    };
    expect(of("prod")).toEqual([`plan-unknown-grant unknown ${ROW}.x ${DANA}`]);
    expect(of("acme-prod")).toEqual([`plan-grants-undeclared ${ROW}.x ${DANA}`]);
    expect(of("other-7")).toEqual([`plan-outside-matrix ${ROW}.x`]);
  });

  test.each(["ACME-PROD", "//cloudresourcemanager.googleapis.com/projects/acme-prod", "projects/acme-prod"])(
    "%s is the project",
    (project) => {
      for (const type of ["google_project_iam_member", ROW]) {
        const after = { ...member("billing", DANA), project };
        expect(told(guarded(planOf([change({ type, after })])))[0]).toMatch(/^plan-grants-(inherited|undeclared)/);
      }
    },
  );

  test("what cannot be a project is unknown, not another's", () => {
    const each = change({ type: ROW, after: member("billing", DANA, { project: "a/../acme-prod" }) });
    expect(told(guarded(planOf([each])))).toEqual([`plan-unknown-grant unknown ${ROW}.x ${DANA}`]);
  });

  test("a service that two environments have is open to whom both declare", () => {
    const matrix = `version: 1
environments:
  prod: { project: acme-prod, regions: [europe-west1] }
  staging: { projects: { main: { id: acme-staging }, extra: { id: acme-prod } }, regions: [europe-west1] }
services:
  billing: { owner: team-payments, environments: [prod], mode: observe }
  helper: { owner: team-evil, environments: [staging], project: extra, name: billing, mode: observe, ingress: all, public: { reason: Demo } }
`;
    expect(told(guarded(planOf([change({ type: ROW, after: member("billing", "allUsers") })]), matrix))[0]).toMatch(
      /^plan-grants-public/,
    );
  });

  test("whoever may call is not thereby meant to write the policy", () => {
    const admin = member("billing", CHECKOUT, { role: "roles/run.admin" });
    expect(told(guarded(planOf([change({ type: ROW, after: admin })])))).toContain(
      `plan-writes-policy ${ROW}.x ${CHECKOUT}`,
    );
  });
});
