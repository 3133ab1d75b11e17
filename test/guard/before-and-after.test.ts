import { describe, expect, test } from "vitest";
import { binding, change, CHECKOUT, guarded, INVOKER, member, planOf, SHOP, told } from "./guarded.ts";

const ROW = "google_cloud_run_v2_service_iam_member";
const BINDING = "google_cloud_run_v2_service_iam_binding";

const dana = "user:dana@acme.example";

describe("before and after", () => {
  test("of an update, only what is new is granted; a move to another resource grants nothing", () => {
    const update = change({
      type: BINDING,
      actions: ["update"],
      before: binding("other", [dana]),
      after: binding("other", [dana, "user:new@acme.example"]),
    });
    expect(told(guarded(planOf([update])))).toEqual([
      `plan-grants-undeclared ${BINDING}.x user:new@acme.example`,
      `~plan-grants-undeclared ${BINDING}.x ${dana}`,
    ]);
    const moved = [
      change({ type: BINDING, actions: ["delete"], before: binding("other", [dana]) }),
      change({ type: ROW, after: member("other", dana) }),
    ];
    expect(told(guarded(planOf(moved)))).toEqual([`~plan-grants-undeclared ${ROW}.x ${dana}`]);
  });

  test("forgetting leaves what there is; an import stands; a deposed instance counts", () => {
    const forget = change({ type: ROW, actions: ["forget"], before: member("billing", dana) });
    const imported = change({
      type: ROW,
      actions: ["no-op"],
      before: member("billing", dana),
      after: member("billing", dana),
      importing: { id: "x" },
    });
    for (const each of [forget, imported])
      expect(told(guarded(planOf([each])))).toEqual([`~plan-grants-undeclared ${ROW}.x ${dana}`]);
    const deposed = change({
      type: ROW,
      actions: ["delete"],
      before: member("billing", CHECKOUT),
      deposed: "deadbeef",
    });
    expect(told(guarded(planOf([deposed])))).toEqual([`plan-removes-declared ${ROW}.x`]);
    const kept = change({
      type: ROW,
      actions: ["delete", "create"],
      before: member("billing", CHECKOUT),
      after: member("billing", CHECKOUT),
    });
    expect(told(guarded(planOf([kept])))).toEqual([`plan-clashes ${ROW}.x`]);
  });

  test("deferred changes are not passed over", () => {
    const deferred = [
      { reason: "provider_config_unknown", resource_change: change({ type: ROW, after: member("billing", dana) }) },
    ];
    expect(told(guarded(planOf([], { deferred_changes: deferred, complete: false })))).toEqual([
      `plan-grants-undeclared ${ROW}.x ${dana}`,
    ]);
  });

  test("a condition makes a grant conditional, and never a declared one", () => {
    const condition = [{ title: "t", expression: 'resource.matchTag("a/b", "c")' }];
    expect(told(guarded(planOf([change({ type: ROW, after: member("billing", dana, { condition }) })])))).toEqual([
      `plan-grants-undeclared conditional ${ROW}.x ${dana}`,
    ]);
    expect(told(guarded(planOf([change({ type: ROW, after: member("billing", CHECKOUT, { condition }) })])))).toContain(
      `plan-grants-beyond conditional ${ROW}.x ${CHECKOUT}`,
    );
  });
});

describe("what is fine", () => {
  test.each<readonly [string, object]>([
    [
      "an entry of inherited",
      change({
        type: "google_project_iam_member",
        after: { project: "111111111111", role: "roles/run.admin", member: "group:SRE@acme.example" },
      }),
    ],
    [
      "an agent of Google at its work",
      change({
        type: "google_project_iam_member",
        after: {
          project: "acme-prod",
          role: "roles/run.serviceAgent",
          member: "serviceAccount:service-111111111111@serverless-robot-prod.iam.gserviceaccount.com",
        },
      }),
    ],
    [
      "roles that invoke nothing",
      change({
        type: "google_project_iam_binding",
        after: { project: "acme-prod", role: "roles/storage.admin", members: ["allUsers"] },
      }),
    ],
    ["a public service", change({ type: "google_cloud_run_v2_service_iam_audit", after: {} })],
    [
      "whom the matrix lets through the proxy",
      change({
        type: "google_iap_web_cloud_run_service_iam_member",
        after: {
          project: "acme-prod",
          location: "europe-west1",
          cloud_run_service_name: "admin",
          role: "roles/iap.httpsResourceAccessor",
          member: "group:ops@acme.example",
        },
      }),
    ],
    [
      "an account of somebody else",
      change({
        type: "google_service_account",
        actions: ["delete"],
        before: { email: "x@acme-other.iam.gserviceaccount.com" },
      }),
    ],
    [
      "a worker pool, which nobody can call",
      change({ type: "google_cloud_run_v2_worker_pool_iam_member", after: member("pool", "allUsers") }),
    ],
  ])("%s", (_, each) => {
    expect(told(guarded(planOf([each]), SHOP.replace("iap: service }", "iap: service, mode: observe }")))).toEqual([]);
  });

  test("an agent of another project is not Google's at its work", () => {
    const foreign = {
      project: "acme-prod",
      role: "roles/run.serviceAgent",
      member: "serviceAccount:service-222222222222@serverless-robot-prod.iam.gserviceaccount.com",
    };
    expect(told(guarded(planOf([change({ type: "google_project_iam_member", after: foreign })])))[0]).toMatch(
      /^plan-grants-inherited/,
    );
  });

  test("the home of an account that calls counts for who may act as it, and for nothing else", () => {
    const of = (role: string): readonly string[] =>
      told(
        guarded(
          planOf([change({ type: "google_project_iam_member", after: { project: "acme-batch", role, member: dana } })]),
        ),
      );
    expect(of("roles/iam.serviceAccountTokenCreator")).toEqual([
      `plan-impersonates google_project_iam_member.x ${dana}`,
    ]);
    expect(of("roles/run.invoker")).toEqual([]);
  });

  test("a number that may be a project's of the matrix is not passed over", () => {
    const plan = planOf([change({ type: ROW, after: { ...member("x", "allUsers"), project: "999999999999" } })]);
    expect(told(guarded(plan))).toEqual([`plan-outside-matrix ${ROW}.x`]);
    expect(
      told(
        guarded(
          plan,
          SHOP.replace(', number: "111111111111"', "").replace(", iap: service", "").replace(", through: iap", ""),
        ),
      ),
    ).toEqual([`plan-unknown-grant unknown ${ROW}.x allUsers`]);
  });

  test("the address of a stack of ours is no clash in its own plan, and one in any other", () => {
    const row = change({ type: BINDING, name: "billing_europe-west1_invoker", after: binding("billing", [CHECKOUT]) });
    const ours = { configuration: { root_module: { outputs: { matrix_hash: {} } } } };
    expect(told(guarded(planOf([row], ours)))).toEqual([]);
    expect(told(guarded(planOf([row])))).toEqual([`plan-clashes ${BINDING}.billing_europe-west1_invoker`]);
    const other = change({ type: BINDING, name: "mine", after: binding("billing", [CHECKOUT], { role: INVOKER }) });
    expect(told(guarded(planOf([other], ours)))).toEqual([`plan-clashes ${BINDING}.mine`]);
  });
});
