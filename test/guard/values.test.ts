import { describe, expect, test } from "vitest";
import {
  account,
  at,
  accounts,
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
import { binding, change, CHECKOUT, guarded, planOf } from "./guarded.ts";

// What a plan knows after apply only, and what its configuration tells of it.

/** What guard says of one row whose member has an expression. */
function ofMember(expression: object, more: object = {}, providers: object = provider): readonly string[] {
  return told(
    guarded(
      planOf([...accounts, row()], config([...blocks, block(ROW, "x", { member: expression })], more, providers)),
    ),
  ).filter((each) => !each.startsWith("plan-clashes"));
}

describe("a member that is known after apply only", () => {
  test("is the account that it refers to, declared or not", () => {
    expect(ofMember(email("checkout"))).toEqual([]);
    expect(ofMember(email("reports"))).toEqual([`plan-grants-undeclared ${ROW}.x ${REPORTS}`]);
    expect(ofMember(refs("google_service_account.reports.member"))).toEqual([
      `plan-grants-undeclared ${ROW}.x ${REPORTS}`,
    ]);
    expect(
      ofMember({ constant_value: "serviceAccount:${google_service_account.reports.email}", ...email("reports") }),
    ).toEqual([`plan-grants-undeclared ${ROW}.x ${REPORTS}`]);
  });

  test("is told, with what was assumed", () => {
    const report = guarded(
      planOf([...accounts, row()], config([...blocks, block(ROW, "x", { member: email("checkout") })])),
    );
    expect(report.assumed).toEqual([{ address: `${ROW}.x`, argument: "member", value: CHECKOUT }]);
    expect(report.complete).toBe(true);
  });

  test.each([
    ["two references, of which one may decide", refs("var.open", "google_service_account.checkout.email")],
    ["an attribute that is no name", refs("google_service_account.checkout.unique_id")],
    ["a local value, of which a plan says nothing", refs("local.member")],
    ["an account that is not in the plan", refs("google_service_account.other.email")],
    ["an account without its key", refs("google_service_account.checkout", "each.key")],
    [
      "an expression around text",
      { constant_value: '${true ? "allUsers" : google_service_account.checkout.member}', ...email("checkout") },
    ],
    ["nothing", {}],
    ["itself", refs(`${ROW}.x.member`)],
    ["a literal dollar", { constant_value: "$${google_service_account.checkout.member}" }],
  ])("is unknown by %s", (_, expression) => {
    expect(ofMember(expression, { variables: { open: { default: true } } })).toEqual(UNKNOWN);
  });

  test("is unknown where the account's project is: neither it nor its provider says", () => {
    expect(ofMember(email("checkout"), {}, { google: { name: "google" } })).toEqual(UNKNOWN);
    expect(
      ofMember(
        email("checkout"),
        { variables: { p: { default: "acme-prod" } } },
        { google: { expressions: { project: refs("var.p") } } },
      ),
    ).toEqual([]);
  });

  test("circles and thousands of references end", () => {
    const many = Array.from({ length: 400 }, (_, i) =>
      block("google_service_account", `a${i}`, {
        account_id: {
          constant_value: "${google_service_account.a0.name}${google_service_account.a1.name}".repeat(40),
          references: ["google_service_account.a0.name"],
        },
      }),
    );
    const changes = many.map((_, i) =>
      account(`a${i}`, { after: {}, unknown: { account_id: true, email: true, name: true, project: true } }),
    );
    expect(
      told(guarded(planOf([...changes, row()], config([...many, block(ROW, "x", { member: email("a3") })])))),
    ).toEqual(UNKNOWN);
  });
});

describe("the members of a binding", () => {
  const of = (members: readonly (string | null)[], unknown: unknown, expression: object): readonly string[] => {
    const change_ = change({
      type: "google_cloud_run_v2_service_iam_binding",
      after: binding("other", members as readonly string[]),
      unknown: { members: unknown } as object,
    });
    const blockOf = block("google_cloud_run_v2_service_iam_binding", "x", { members: expression });
    return told(guarded(planOf([...accounts, change_], config([...blocks, blockOf])))).map((each) =>
      each.replace("google_cloud_run_v2_service_iam_binding.x", "it"),
    );
  };

  test("are resolved where as many are missing as are referred to", () => {
    const both = refs("google_service_account.checkout.email", "google_service_account.reports.email");
    expect(of([null, null], [true, true], both)).toEqual([
      `plan-grants-undeclared it ${CHECKOUT}`,
      `plan-grants-undeclared it ${REPORTS}`,
    ]);
    expect(of(["user:a@b.example", null], [false, true], email("reports"))).toEqual([
      `plan-grants-undeclared it ${REPORTS}`,
      "plan-grants-undeclared it user:a@b.example",
    ]);
  });

  test("are unknown where a plan holds something else than texts", () => {
    const unmarked = { type: "google_cloud_run_v2_service_iam_binding" };
    for (const members of [undefined, "allUsers", { 0: "allUsers" }, [null], [["allUsers"]]]) {
      const after = { ...at, name: "other", members };
      expect(guarded(planOf([change({ ...unmarked, after })])).complete).toBe(false);
    }
    expect(guarded(planOf([change({ ...unmarked, after: null })])).complete).toBe(false);
    expect(guarded(planOf([change({ ...unmarked, after: { ...at, name: "other", members: [] } })])).complete).toBe(
      true,
    );
  });

  test("are unknown otherwise, each", () => {
    expect(of([null, null], [true, true], email("reports"))).toEqual(["plan-unknown-grant unknown it"]);
    expect(of([], true, email("reports"))).toEqual(["plan-unknown-grant unknown it"]);
  });

  test("are what their texts say in configuration in JSON", () => {
    const constant = {
      constant_value: [
        "user:a@b.example",
        "serviceAccount:${google_service_account.reports.email}",
        "${f(google_service_account.reports.id)}",
      ],
      ...email("reports"),
    };
    expect(of(["user:a@b.example", null, null], [false, true, true], constant)).toEqual([
      `plan-grants-undeclared it ${REPORTS}`,
      "plan-grants-undeclared it user:a@b.example",
      "plan-unknown-grant unknown it",
    ]);
  });
});
