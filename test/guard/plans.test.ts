import { readFileSync } from "node:fs";
import { Ajv, type AnySchemaObject } from "ajv";
import { describe, expect, test } from "vitest";
import { guardRules } from "../../src/guard/guard-rules.ts";
import { readPlan } from "../../src/guard/read-plan.ts";
import { guardFormats } from "../../src/report/guard/formats.ts";
import { change, guarded, member, planOf, told } from "./guarded.ts";

const recorded = readFileSync(new URL("./plans/foreign.json", import.meta.url), "utf8");
const schema = JSON.parse(
  readFileSync(new URL("../../schemas/guard.schema.json", import.meta.url), "utf8"),
) as AnySchemaObject;
const options = {
  color: false,
  width: 100,
  quiet: false,
  verbose: true,
  failOn: "error",
  rules: Object.values(guardRules),
  version: "0.0.0",
} as const;
const ROW = "google_cloud_run_v2_service_iam_member";
const BINDING = "google_cloud_run_v2_service_iam_binding";

describe("the plan of another team, as Terraform wrote it", () => {
  const report = guarded(recorded);

  test("is told in whole", () => {
    expect(told(report)).toEqual([
      `plan-grants-public ${ROW}.each["allUsers"] allUsers`,
      `plan-grants-undeclared ${BINDING}.mixed user:dana@acme.example`,
      `plan-grants-undeclared ${ROW}.each["user:a@acme.example"] user:a@acme.example`,
      `plan-grants-undeclared ${ROW}.known serviceAccount:reports-sa@acme-prod.iam.gserviceaccount.com`,
      `plan-grants-undeclared ${ROW}.sensitive`,
      `plan-grants-undeclared module.row["eu"].google_cloud_run_v2_job_iam_member.this serviceAccount:reports-sa@acme-prod.iam.gserviceaccount.com`,
      "plan-grants-inherited google_project_iam_member.editor user:dana@acme.example",
      "plan-impersonates google_service_account_iam_member.token user:dana@acme.example",
      `plan-clashes ${BINDING}.mixed`,
      `plan-unknown-grant unknown ${BINDING}.mixed`,
      `plan-unknown-grant unknown ${ROW}.unknown`,
    ]);
    expect(report.summary).toMatchObject({ elsewhere: 1, unknown: 2, already: 0 });
  });

  test.each(Object.entries(guardFormats))("%s tells nothing that is sensitive", (_, format) => {
    const written = format(report, options);
    expect(written).not.toContain("secret@");
    expect(written).toContain("billing");
  });

  test("json is as the schema says", () => {
    const validate = new Ajv({ strict: true, strictTypes: false, allErrors: true }).compile(schema);
    validate(JSON.parse(guardFormats.json(report, options)));
    expect(validate.errors).toBeNull();
    const text = JSON.parse(guardFormats.json(guarded(planOf([])), options)) as object;
    expect(validate(text)).toBe(true);
    expect(validate({ ...text, complete: "yes" })).toBe(false);
  });
});

describe("hostile names stay text", () => {
  const bad = 'x\n::error::owned\u001b[31m\u202e`|<img src=x>"${a}';
  const plan = planOf([
    change({
      type: ROW,
      index: bad,
      after: member(bad, `user:${bad}@acme.example`, { condition: [{ title: "t", expression: bad }] }),
    }),
  ]);
  const report = guarded(plan);

  test.each(Object.entries(guardFormats))("in %s", (name, format) => {
    const written = format(report, { ...options, color: false });
    expect(written).not.toContain("\u001b");
    expect(written).not.toContain("\u202e");
    expect(written).not.toMatch(/^\s*::error::owned/m);
    if (name === "markdown") expect(written).not.toContain("<img");
  });

  test("thousands of findings fit into a comment", () => {
    const many = Array.from({ length: 3000 }, (_, i) =>
      change({ type: ROW, name: `x${i}`, after: member("billing", `user:${"long".repeat(80)}${i}@acme.example`) }),
    );
    expect(Buffer.byteLength(guardFormats.markdown(guarded(planOf(many)), options))).toBeLessThan(65_000);
  });
});

describe("what is no plan is refused with the command that makes one", () => {
  test.each([
    ["a saved plan", "PK\u0003\u0004binary", /archive/],
    ["configuration", 'resource "google_project_iam_member" "x" {\n}\n', /configuration/],
    ["the log of a plan", '{"@level":"info","@message":"x"}\n{"@level":"info"}\n', /log of terraform plan -json/],
    ["a state", JSON.stringify({ version: 4, resources: [] }), /a Terraform state/],
    ["a shown state", JSON.stringify({ format_version: "1.0", values: {} }), /state as terraform show/],
    ["what cdktf writes", JSON.stringify({ terraform: {}, resource: {} }), /configuration/],
    ["an array", "[]", /no plan in JSON/],
    ["nothing", "", /plan.json is empty$/],
    ["a mark and nothing", "\uFEFF\n", /plan.json is empty$/],
    [
      "a plan for people",
      "\nTerraform will perform the following actions:\n\n  # a.b\n  + resource",
      /prints for people/,
    ],
    [
      "a plan in colour",
      "\u001B[1mPlan:\u001B[0m 1 to add, 0 to change\n\u001B[32mNo changes.\u001B[0m Yours",
      /prints for people/,
    ],
    [
      "no change, for people",
      "a.b: Refreshing state...\n\nNo changes. Your infrastructure matches",
      /prints for people/,
    ],
    ["a plan of OpenTofu for people", "OpenTofu used the selected providers to generate", /prints for people/],
    ["a later format", JSON.stringify({ ...planOf([]), format_version: "2.0" }), /format version/],
    ["a plan that ended in an error", JSON.stringify({ ...planOf([]), errored: true }), /ended in an error/],
    [
      "an action that nobody knows",
      JSON.stringify({ ...planOf([{ address: "a.b", type: "a", change: { actions: ["burn"] } }]) }),
      /not a whole plan/,
    ],
    [
      "a change that was taken out",
      JSON.stringify(
        planOf([], {
          planned_values: {
            root_module: { child_modules: [{ resources: [{ address: "module.m.a.b", mode: "managed", type: "a" }] }] },
          },
        }),
      ),
      /not a whole plan/,
    ],
  ])("%s", (_, text, problem) => {
    const read = readPlan(text, "plan.json");
    expect(read).toMatchObject({ problem: expect.stringMatching(problem) as string });
    if ("problem" in read && !/format version|error/.test(read.problem))
      expect(read.help).toContain("terraform show -json");
  });

  test("UTF-16, which PowerShell writes, is told with what writes UTF-8", () => {
    const text = JSON.stringify(planOf([]));
    const little = Buffer.from(text, "utf16le");
    const big = Buffer.from(text, "utf16le").swap16();
    for (const bytes of [
      little,
      big,
      Buffer.concat([Buffer.of(0xff, 0xfe), little]),
      Buffer.concat([Buffer.of(0xfe, 0xff), big]),
    ]) {
      const read = readPlan(bytes.toString("utf8"), "plan.json");
      expect(read).toMatchObject({ problem: "plan.json is UTF-16, not UTF-8" });
      expect("help" in read && read.help).toMatch(
        /Out-File -Encoding utf8 plan\.json, or: cmd \/c "terraform show -json/,
      );
    }
    expect(readPlan(`\uFEFF${text}`, "plan.json")).not.toHaveProperty("problem");
  });
});
