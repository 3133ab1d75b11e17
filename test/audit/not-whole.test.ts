import { describe, expect, test } from "vitest";
import {
  INVOKER,
  DANA,
  IAP_ROLE,
  declared,
  unnumbered,
  always,
  moment,
  baseline,
  entry,
  run,
  policy,
  other,
  seen,
  add,
  IAM_ADMIN,
  ACCOUNT,
  start,
  stop,
  off,
  role,
  type Case,
  testSeen,
} from "./hidden-changes.ts";
import { CHECKOUT, LEDGER, reportOf, set } from "./report-of.ts";

// Whatever may hide a change is told: as a change against the matrix, or as a gap. Nothing here may come out as quiet.

describe("nothing is quiet that may hide a change", () => {
  const cases: readonly Case[] = [
    [
      "a number of a project that a label names",
      [
        entry("2026-10-05T00:00:00Z", {
          ...(set("", [["ADD", IAP_ROLE, DANA]], { on: "projects/7/iap_web" }) as { readonly protoPayload: object })
            .protoPayload,
        }),
      ],
      ["granted dana"],
      { history: always(unnumbered) },
    ],
    [
      "a number of a project that nothing names",
      [set("2026-10-05T00:00:00Z", [["ADD", INVOKER, DANA]], { on: "projects/7" })],
      ["granted dana", "not-understood"],
      { history: always(unnumbered) },
    ],
    [
      "a number that a snapshot names",
      [set("2026-10-05T00:00:00Z", [["ADD", INVOKER, DANA]], { on: "projects/111111111111" })],
      ["granted dana"],
      { history: always(unnumbered), baseline },
    ],
    [
      "a call of which two ways are told",
      [
        run("2026-10-05T00:00:00Z", "UpdateService", { ...off, service: {} }, { insertId: "1", ...start }),
        run("2026-10-05T00:00:01Z", "UpdateService", off, { insertId: "2", ...start }),
        run("2026-10-05T00:00:02Z", "UpdateService", {}, { insertId: "3", ...stop }),
      ],
      ["invokerCheckDisabled", "no-predecessor", "contradiction"],
      { baseline },
    ],
    [
      "one id of a call in two services",
      [
        { ...add(CHECKOUT), ...start },
        { ...add(DANA, LEDGER.replace("billing", "checkout")), ...stop },
      ],
      ["granted dana", "unfinished-call"],
    ],
    [
      "one name for two entries",
      [
        { ...add(CHECKOUT), insertId: "same" },
        { ...add(DANA), insertId: "same" },
      ],
      ["granted dana", "contradiction"],
    ],
    [
      "an entry without policy and delta",
      [policy("2026-10-05T00:00:00Z", [], { response: {} })],
      ["no-policy"],
      { baseline },
    ],
    [
      "what comes after such an entry",
      [policy("2026-10-05T00:00:00Z", [], { response: {} }), policy("2026-10-06T00:00:00Z", [CHECKOUT, DANA])],
      ["holds dana perhaps", "no-policy", "no-predecessor"],
      { baseline },
    ],
    [
      "a policy in the log of another project",
      [{ ...add(DANA), logName: "projects/acme-other/logs/cloudaudit.googleapis.com%2Factivity" }],
      ["not-understood"],
    ],
    ["a grant above in a scope", [add(DANA, "folders/7")], ["granted dana"]],
    [
      "Identity-Aware Proxy of a folder",
      [
        {
          ...set("2026-10-05T00:00:00Z", [["ADD", IAP_ROLE, DANA]], { on: "folders/7/iap_web" }),
          logName: "folders/7/logs/cloudaudit.googleapis.com%2Factivity",
        },
      ],
      ["granted dana"],
    ],
    [
      "a project that labels alone name",
      [
        entry(
          "2026-10-05T00:00:00Z",
          {
            serviceName: "cloudresourcemanager.googleapis.com",
            methodName: "SetIamPolicy",
            serviceData: {
              policyDelta: { bindingDeltas: [{ action: "ADD", role: INVOKER, member: DANA }] },
            },
          },
          { resource: { type: "project", labels: { project_id: "acme-prod" } } },
        ),
      ],
      ["granted dana"],
    ],
    ["a policy of nothing", [other("cloudresourcemanager", "SetIamPolicy", "x")], ["not-understood"]],
    [
      "a policy in the log of another level",
      [{ ...add(DANA), logName: "folders/7/logs/cloudaudit.googleapis.com%2Factivity" }],
      ["not-understood"],
    ],
    [
      "a name of a log that is none",
      [{ ...add(DANA), logName: `x/${LEDGER}/logs/cloudaudit.googleapis.com%2Factivity` }],
      ["not-understood"],
    ],
    ["another kind of entry", [set("2026-10-05T00:00:00Z", [], { more: { "@type": "x" } })], ["not-understood"]],
    ["a key", [other("iam", `${IAM_ADMIN}.CreateServiceAccountKey`, `${ACCOUNT}/keys/1`)], ["effect-unknown"]],
    [
      "a denial",
      [other("iam", "google.iam.v2.Policies.DeletePolicy", "policies/x/denypolicies/y")],
      ["effect-unknown"],
    ],
    [
      "a pool",
      [
        other(
          "iam",
          "google.iam.v1.WorkloadIdentityPools.CreateWorkloadIdentityPool",
          "projects/7/locations/global/workloadIdentityPools/p",
        ),
      ],
      ["effect-unknown"],
    ],
    [
      "a move",
      [other("cloudresourcemanager", "google.cloud.resourcemanager.v3.Projects.MoveProject", "projects/acme-prod")],
      ["effect-unknown"],
    ],
    [
      "a function",
      [
        other(
          "cloudfunctions",
          "google.cloud.functions.v2.FunctionService.SetIamPolicy",
          "projects/acme-prod/locations/x/functions/y",
        ),
      ],
      ["effect-unknown"],
    ],
  ];

  testSeen(cases);

  test("quiet stays quiet: dry runs, what is gone, and what the matrix says", () => {
    const log = [
      run("2026-10-02T00:00:00Z", "DeleteService", { validateOnly: true }),
      run("2026-10-03T00:00:00Z", "UpdateService", { ...off, dryRun: "all" }),
      other("iam", `${IAM_ADMIN}.DisableServiceAccountKey`, `${ACCOUNT}/keys/1`),
      other("iam", `${IAM_ADMIN}.CreateServiceAccountKey`, ACCOUNT.replace("checkout-sa", "nobody")),
      role("CreateRole", ["run.routes.invoke"]),
    ];
    const report = reportOf(log, { history: always(declared), baseline, end: { ...baseline, ...moment("10-31") } });
    expect([seen(report), report.complete, report.summary.aside]).toEqual([[], true, 2]);
  });
});
