import { describe, expect, test } from "vitest";
import {
  account,
  accounts,
  at,
  block,
  blocks,
  config,
  email,
  provider,
  refs,
  REPORTS,
  ROW,
  row,
  told,
  UNKNOWN,
} from "./configured.ts";
import { change, guarded, INVOKER, member, planOf } from "./guarded.ts";

// What a plan knows after apply only: in modules, and other values than members.

describe("modules", () => {
  const inModule = (calls: object): object => ({
    configuration: { provider_config: provider, root_module: { resources: blocks, module_calls: { m: calls } } },
  });
  const module = { resources: [block(ROW, "x", { member: refs("var.who") })], variables: { who: {} } };

  test("variables are what the call gives, outputs what the module makes", () => {
    const called = row({ module: "module.m" });
    const undeclared = [`plan-grants-undeclared module.m.${ROW}.x ${REPORTS}`];
    expect(
      told(guarded(planOf([...accounts, called], inModule({ expressions: { who: email("reports") }, module })))),
    ).toEqual(undeclared);
    const outputs = { out: { expression: refs("google_service_account.inner.member") } };
    const inner = { module: { outputs, resources: [block("google_service_account", "inner", { account_id: {} })] } };
    const plan = planOf(
      [account("inner", { module: 'module.n["a.b]"]', after: { account_id: "reports-sa" } }), row()],
      {
        configuration: {
          provider_config: provider,
          root_module: {
            resources: [block(ROW, "x", { member: refs('module.n["a.b]"].out') })],
            module_calls: { n: inner },
          },
        },
      },
    );
    expect(told(guarded(plan))).toEqual([`plan-grants-undeclared ${ROW}.x ${REPORTS}`]);
  });

  test("each.value is known of configuration in JSON, which says its map", () => {
    const forEach = { constant_value: { one: "${google_service_account.reports.email}" }, ...email("reports") };
    const one = row({ index: "one" });
    const of = (expression: object, each: object): readonly string[] =>
      told(
        guarded(
          planOf(
            [...accounts, one],
            config([...blocks, block(ROW, "x", { member: expression }, { for_each_expression: each })]),
          ),
        ),
      );
    const text = { constant_value: "serviceAccount:${each.value}", references: ["each.value"] };
    expect(of(text, forEach)).toEqual([`plan-grants-undeclared ${ROW}.x["one"] ${REPORTS}`]);
    expect(of(refs("each.value"), email("reports"))).toEqual([`plan-unknown-grant unknown ${ROW}.x["one"]`]);
  });
});

describe("other things that are unknown", () => {
  test("the project of a row is that of its whole name, or the provider's", () => {
    const of = (name: string, providers: object): readonly string[] => {
      const unknown = change({
        type: ROW,
        after: { ...member(name, "user:a@b.example"), project: undefined, location: "europe-west1" },
        unknown: { project: true },
      });
      return told(guarded(planOf([unknown], config([block(ROW, "x", {})], {}, providers))));
    };
    const found = [`plan-grants-undeclared ${ROW}.x user:a@b.example`];
    expect(of("billing", provider)).toEqual(found);
    expect(of("billing", {})).toEqual(UNKNOWN.map((each) => `${each} user:a@b.example`));
    expect(of("projects/acme-prod/locations/europe-west1/services/billing", {})).toEqual(found);
    expect(of("projects/acme-other/locations/europe-west1/services/billing", {})).toEqual([
      `plan-outside-matrix ${ROW}.x`,
    ]);
  });

  test("a policy whose data source is read at apply is judged by the source's blocks", () => {
    const policy = change({
      type: "google_cloud_run_v2_service_iam_policy",
      after: { ...at, role: undefined, name: "other" },
      unknown: { policy_data: true },
    });
    const source = (unknown: object, members: readonly unknown[]): object =>
      change({
        type: "google_iam_policy",
        name: "p",
        mode: "data",
        actions: ["read"],
        after: { binding: [{ role: INVOKER, members }] },
        unknown,
      });
    const blocks_ = [
      block("google_cloud_run_v2_service_iam_policy", "x", {
        policy_data: refs("data.google_iam_policy.p.policy_data", "data.google_iam_policy.p"),
      }),
    ];
    const of = (each: object): readonly string[] =>
      told(guarded(planOf([policy, each], config(blocks_)))).map((text) => text.split(" google")[0] ?? "");
    expect(of(source({ policy_data: true }, ["user:a@b.example"]))).toEqual(["plan-grants-undeclared"]);
    expect(of(source({ policy_data: true, binding: [{ members: [true] }] }, []))).toEqual([
      "plan-unknown-grant unknown",
    ]);
    expect(told(guarded(planOf([policy], config(blocks_))))).toEqual([
      "plan-unknown-grant unknown google_cloud_run_v2_service_iam_policy.x",
    ]);
  });

  test("a policy that cannot be read is unknown", () => {
    for (const policy_data of [
      "{",
      "[1",
      '{"bindings":{}}',
      '{"bindings":[{"role":"roles/run.invoker","members":"allUsers"}]}',
      null,
    ]) {
      const after = { ...at, role: undefined, policy_data };
      expect(guarded(planOf([change({ type: "google_cloud_run_v2_service_iam_policy", after })])).complete).toBe(false);
    }
  });

  test("a role that is unknown matters where it could invoke", () => {
    const of = (
      after: object,
      unknown: object,
      resources: readonly object[] = [],
      changes: readonly object[] = [],
    ): readonly string[] =>
      told(
        guarded(planOf([...changes, change({ type: "google_project_iam_member", after, unknown })], config(resources))),
      );
    const grant = { project: "acme-prod", member: "user:a@b.example" };
    expect(of(grant, { role: true })).toEqual([
      "plan-unknown-grant unknown google_project_iam_member.x user:a@b.example",
    ]);
    expect(of({ ...grant, project: "acme-other" }, { role: true })).toEqual([
      "plan-outside-matrix google_project_iam_member.x",
    ]);
    const role = (permissions: readonly string[]): object =>
      change({
        type: "google_project_iam_custom_role",
        name: "r",
        after: { project: "acme-prod", role_id: "r", permissions },
        unknown: { id: true, name: true },
      });
    const byName = [block("google_project_iam_member", "x", { role: refs("google_project_iam_custom_role.r.name") })];
    expect(of(grant, { role: true }, byName, [role(["run.routes.invoke"])])).toEqual([
      "plan-grants-inherited google_project_iam_member.x user:a@b.example",
    ]);
    expect(of(grant, { role: true }, byName, [role(["storage.objects.get"])])).toEqual([]);
  });

  test("an invoker check, and the account of a key", () => {
    const V2 = "google_cloud_run_v2_service";
    expect(
      told(
        guarded(
          planOf([
            change({
              type: V2,
              after: { ...at, ingress: "INGRESS_TRAFFIC_INTERNAL_ONLY" },
              unknown: { invoker_iam_disabled: true },
            }),
          ]),
        ),
      ),
    ).toEqual([`plan-unknown-grant unknown ${V2}.x allUsers`]);
    const key = (after: object): readonly string[] =>
      told(guarded(planOf([change({ type: "google_service_account_key", after })])));
    expect(key({ service_account_id: "projects/acme-prod/serviceAccounts/1234567890" })).toEqual([
      "plan-unknown-grant unknown google_service_account_key.x",
    ]);
    expect(key({ service_account_id: "projects/acme-other/serviceAccounts/1234567890" })).toEqual([]);
    expect(key({ service_account_id: "x@acme-prod.iam.gserviceaccount.com" })).toEqual([]);
  });
});
