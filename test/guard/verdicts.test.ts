import { describe, expect, test } from "vitest";
import { guardRules } from "../../src/guard/guard-rules.ts";
import { guardFormats } from "../../src/report/guard/formats.ts";
import { headline } from "../../src/report/guard/headline.ts";
import { account, block, config, email, ROW, row } from "./configured.ts";
import { binding, change, guarded, member, planOf, SHOP } from "./guarded.ts";

// The first sentence, and what a report comes to as a whole.

const options = {
  color: false,
  width: 100,
  quiet: false,
  verbose: false,
  failOn: "error",
  rules: Object.values(guardRules),
  version: "0.0.0",
} as const;
const dana = "user:dana@acme.example";
const grant = (name: string, project = "acme-prod", principal = dana): object =>
  change({ type: ROW, name: `${project}-${name}`, after: { ...member(name, principal), project } });
const said = (...changes: readonly object[]): string => headline(guarded(planOf(changes)));

describe("the first sentence", () => {
  test("names the worst: who, which service, in which project; then how much there is", () => {
    expect(said(grant("checkout"))).toBe(`plan.json lets ${dana} invoke checkout in project acme-prod`);
    expect(said(grant("checkout"), grant("billing", "acme-prod", "allUsers"))).toBe(
      "plan.json lets allUsers invoke billing in project acme-prod; in all 2 undeclared ways in",
    );
  });

  test("is no all-clear where nothing was judged", () => {
    expect(said(grant("a", "nw-prdo"), grant("b", "nw-prdo"))).toBe(
      "plan.json was not judged: none of its 2 grants could be, their projects (nw-prdo) are not in the matrix",
    );
    expect(said(grant("a", "other-a"), grant("b", "other-b"), grant("billing"))).toBe(
      `plan.json lets ${dana} invoke billing in project acme-prod; 2 grants outside the matrix were not judged (projects other-a and other-b)`,
    );
    expect(guarded(planOf([grant("a", "nw-prdo")])).findings).toMatchObject([
      { rule: "plan-outside-matrix", severity: "warning", already: false },
    ]);
  });

  test("tells what was there already from what is added", () => {
    const after = binding("billing", [dana]);
    const standing = change({
      type: "google_cloud_run_v2_service_iam_binding",
      actions: ["no-op"],
      before: after,
      after,
    });
    expect(headline(guarded(planOf([standing]), SHOP.replace("mode: enforce", "mode: observe")))).toBe(
      "plan.json adds nothing; 1 undeclared way in was there already",
    );
  });

  test("says what is taken to be what it refers to", () => {
    const blocks = [
      block("google_service_account", "reports", { account_id: { constant_value: "reports-sa" } }),
      block(ROW, "x", { member: email("reports") }),
    ];
    expect(headline(guarded(planOf([account("reports"), row()], config(blocks))))).toContain(
      "; 1 member is taken to be what it refers to",
    );
  });
});

test("of a service that is sensitive, nobody is told to declare it public", () => {
  const sensitive = SHOP.replace("inherited:", "sensitive: [billing]\ninherited:");
  const fixes = (matrix: string): readonly (string | null)[] =>
    guarded(planOf([grant("billing", "acme-prod", "allUsers")]), matrix).findings.map(({ fix }) => fix);
  expect(fixes(sensitive)[0]).toMatch(/^take .+ out: billing is sensitive$/);
  expect(fixes(SHOP)[0]).toMatch(/^take .+ out; or, if everybody is meant/);
});

test("annotations name no file: the matrix may not be in the repository", () => {
  const written = guardFormats.github(guarded(planOf([grant("billing")])), options);
  expect(written).toContain(`::error title=plan-grants-undeclared::${ROW}.acme-prod-billing (create): `);
  expect(written).not.toContain("file=");
});

test("whatever addresses are called, a comment is short enough, and says what is left out", () => {
  for (const bad of ["<>&|`*_[".repeat(60), "\u{1f600}".repeat(300), "`".repeat(2000), "\n|\n".repeat(300)]) {
    const many = Array.from({ length: 200 }, (_, i) =>
      change({ type: ROW, index: `${bad}${i}`, after: member(`${bad}${i}`, `user:${bad}@acme.example`) }),
    );
    const text = guardFormats.markdown(guarded(planOf(many)), options);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(65_000);
    expect(text).toMatch(/more findings? did not fit: `matrix guard` lists all/);
  }
});
