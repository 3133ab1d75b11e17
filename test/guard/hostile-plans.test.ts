import { describe, expect, test } from "vitest";
import { account, at, block, config, email, refs, ROW, row } from "./configured.ts";
import { change, CHECKOUT, guarded, INVOKER, member, planOf, SHOP, told } from "./guarded.ts";

// Plans that were found to pass, and must not.

const V2 = "google_cloud_run_v2_service";
const DANA = "user:dana@acme.example";
const EVIL = "serviceAccount:evil-sa@acme-prod.iam.gserviceaccount.com";
const json = (text: string, ...references: readonly string[]): object => ({ constant_value: text, references });
const named = (id: string): object =>
  block("google_service_account", id, { account_id: { constant_value: `${id}-sa` } });

describe("what configuration refers to", () => {
  const forEach = (name: string, id: string): object =>
    block(
      ROW,
      name,
      { member: json("${each.value}", "each.value") },
      {
        for_each_expression: {
          constant_value: { one: `\${google_service_account.${id}.member}` },
          references: [`google_service_account.${id}.member`],
        },
      },
    );
  const plan = (first: string, second: string): object =>
    planOf(
      [account("checkout"), account("evil"), row({ name: "a", index: "one" }), row({ name: "b", index: "one" })],
      config([named("checkout"), named("evil"), forEach("a", first), forEach("b", second)]),
    );

  test("each.value is that of its own resource", () => {
    for (const [first, second, by] of [
      ["checkout", "evil", "b"],
      ["evil", "checkout", "a"],
    ] as const)
      expect(told(guarded(plan(first, second)))).toContain(`plan-grants-undeclared ${ROW}.${by}["one"] ${EVIL}`);
  });

  test("what was cut off for its depth is known where it is not as deep", () => {
    const accountsOf = (length: number): readonly object[] =>
      Array.from({ length }, (_, i) =>
        block("google_service_account", `a${i}`, {
          account_id:
            i === length - 1
              ? { constant_value: "evil-sa" }
              : json(`\${google_service_account.a${i + 1}.account_id}`, `google_service_account.a${i + 1}.account_id`),
        }),
      );
    const changes = Array.from({ length: 9 }, (_, i) =>
      account(`a${i}`, { after: {}, unknown: { account_id: true, email: true, member: true, project: true } }),
    );
    const of = (id: string): object =>
      json(`\${google_service_account.${id}.member}`, `google_service_account.${id}.member`);
    const rows = [block(ROW, "deep", { member: of("a0") }), block(ROW, "near", { member: of("a7") })];
    const found = told(
      guarded(planOf([...changes, row({ name: "deep" }), row({ name: "near" })], config([...accountsOf(9), ...rows]))),
    );
    expect(found).toContain(`plan-unknown-grant unknown ${ROW}.deep`);
    expect(found).toContain(`plan-grants-undeclared ${ROW}.near ${EVIL}`);
  });

  test("what HCL refers to is taken for it and said to be; a strict run takes nothing", () => {
    const plain = planOf(
      [account("checkout"), row()],
      config([named("checkout"), block(ROW, "x", { member: email("checkout") })]),
    );
    expect(guarded(plain).assumed).toEqual([{ address: `${ROW}.x`, argument: "member", value: CHECKOUT }]);
    const strict = guarded(plain, SHOP, true);
    expect(strict).toMatchObject({ complete: false, assumed: [] });
    expect(told(strict)).toContain(`plan-unknown-grant unknown ${ROW}.x`);
    // Of JSON the text is told, and nothing is assumed.
    const text = json("${google_service_account.checkout.member}", "google_service_account.checkout.member");
    const exact = planOf([account("checkout"), row()], config([named("checkout"), block(ROW, "x", { member: text })]));
    expect(guarded(exact, SHOP, true)).toMatchObject({ complete: true, assumed: [] });
  });

  test("a policy's source is certain only where the text is nothing but it", () => {
    const source = change({
      type: "google_iam_policy",
      name: "p",
      mode: "data",
      actions: ["read"],
      after: { binding: [{ role: INVOKER, members: [CHECKOUT] }] },
      unknown: { policy_data: true },
    });
    const of = (expression: object, isStrict = false): boolean =>
      guarded(
        planOf(
          [
            source,
            change({ type: `${V2}_iam_policy`, after: { ...at, name: "mailer" }, unknown: { policy_data: true } }),
          ],
          config([block(`${V2}_iam_policy`, "x", { policy_data: expression })]),
        ),
        SHOP,
        isStrict,
      ).complete;
    const reference = "data.google_iam_policy.p.policy_data";
    expect(of(json(`\${${reference}}`, reference), true)).toBe(true);
    expect(of(json(`\${true ? "{}" : ${reference}}`, reference))).toBe(false);
    expect([of(refs(reference)), of(refs(reference), true)]).toEqual([true, false]);
  });
});

describe("roles", () => {
  const role = (
    name: string,
    actions: readonly ("forget" | "no-op" | "update")[],
    before: string,
    after: string,
  ): object =>
    change({
      type: "google_project_iam_custom_role",
      name,
      actions,
      before: { project: "acme-prod", role_id: "caller", permissions: [before] },
      after: actions[0] === "forget" ? null : { project: "acme-prod", role_id: "caller", permissions: [after] },
    });

  test.each([
    "run.services.setIamPolicy",
    "run.jobs.setIamPolicy",
    "iam.serviceAccounts.setIamPolicy",
    "iam.serviceAccounts.actAs",
    "iam.roles.update",
    "iap.webServices.setIamPolicy",
    "resourcemanager.projects.setIamPolicy",
  ])("%s is not slipped into a role that others hold", (permission) => {
    expect(told(guarded(planOf([role("x", ["update"], "run.services.get", permission)])))).toEqual([
      "plan-widens-role google_project_iam_custom_role.x",
    ]);
  });

  test("a role that is forgotten is what it was, whatever else holds it", () => {
    const grant = change({
      type: "google_project_iam_member",
      name: "g",
      after: { project: "acme-prod", role: "projects/acme-prod/roles/caller", member: DANA },
    });
    const forgotten = role("zz", ["forget"], "run.routes.invoke", "");
    for (const roles of [[forgotten], [role("keep", ["no-op"], "run.routes.invoke", "run.routes.invoke"), forgotten]])
      expect(told(guarded(planOf([...roles, grant])))).toEqual([
        `plan-grants-inherited google_project_iam_member.g ${DANA}`,
      ]);
  });

  test("of jobs and of the proxy, whoever may write the policy is told", () => {
    const job = change({
      type: "google_cloud_run_v2_job_iam_member",
      after: member("settle", DANA, { role: "roles/iam.securityAdmin" }),
    });
    const proxy = change({
      type: "google_iap_web_cloud_run_service_iam_member",
      after: { ...at, name: undefined, cloud_run_service_name: "admin", role: "roles/iap.admin", member: DANA },
    });
    for (const each of [job, proxy]) expect(told(guarded(planOf([each])))[0]).toMatch(/^plan-writes-policy/);
  });

  test.each([
    ["false", true],
    ['request.time < timestamp("2020-01-01T00:00:00Z")', true],
    ['request.time < timestamp("2020-01-01T00:00:00Z") && resource.name == "x"', true],
    ['request.time > timestamp("2090-01-01T00:00:00Z")', false],
    ['request.time > timestamp("2090-01-01T00:00:00Z") && request.time < timestamp("2090-01-01T00:00:01Z")', false],
    ["request.time.getFullYear() == 2031", false],
    ['!(request.time < timestamp("2091-01-01T00:00:00Z"))', false],
  ])("a condition that never holds is a note: %s", (expression, isNever) => {
    const grant = change({ type: ROW, after: member("billing", DANA, { condition: [{ title: "t", expression }] }) });
    expect(told(guarded(planOf([grant])))[0]).toMatch(
      isNever ? /^plan-grants-nothing/ : /^plan-grants-undeclared conditional/,
    );
  });
});
