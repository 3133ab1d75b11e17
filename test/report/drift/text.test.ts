import { describe, expect, test } from "vitest";
import { text } from "../../../src/report/drift/text.ts";
import { findingOf, options, pathOf, reportOf, rowOf, unreadOf } from "./fixture.ts";
import { clean, except, incomplete, rich } from "./worlds.ts";

const linesOf = (report: typeof rich, given = {}) =>
  text(report, { ...options, ...given })
    .trimEnd()
    .split("\n");

describe("text", () => {
  test("a clean project is one screen, and says what was proven", () => {
    const lines = linesOf({
      ...clean,
      builtInRoles: Array.from({ length: 300 }, (_, i) => ({ role: `roles/r${i}`, date: "2026-10-01" })),
      unexpanded: Array.from({ length: 300 }, (_, i) => `group:g${i}@acme.example`),
      horizon: Array.from({ length: 30 }, (_, i) => ({ resource: `folders/${i}`, read: i > 9, reason: "denied" })),
      snapshot: { ...clean.snapshot, endpoints: { run: "http://127.0.0.1:1/", iam: "http://127.0.0.1:2/" } },
    });
    expect(lines.length).toBeLessThanOrEqual(24);
    expect(lines[0]).toBe("prod: complete, 14 services, 31 callers");
    expect(lines.at(-1)).toBe("no drift: 14 services, 31 callers, all declared or agents of Google");
  });

  test("the worst comes first, and findings of one rule stand together", () => {
    const of = (
      rule: "undeclared-caller" | "public-undeclared" | "ingress-differs",
      severity: "error" | "info",
      message: string,
    ) => findingOf({ rule, severity, message });
    const findings = [
      of("ingress-differs", "info", "1"),
      of("undeclared-caller", "error", "2"),
      of("public-undeclared", "error", "3"),
      of("ingress-differs", "error", "4"),
      of("undeclared-caller", "error", "5"),
    ];
    const labels = linesOf(reportOf({ findings })).filter((line) => /^\w+\[/.test(line));
    expect(labels.map((line) => line.slice(-1))).toEqual(["3", "2", "5", "4", "1"]);
  });

  test.each([
    ["nothing differs", reportOf({}), /^no drift: 14 services, 31 callers, all declared$/],
    [
      "something accepted",
      reportOf({ findings: [findingOf({ accepted: "EX-1" })], access: [rowOf({ declared: false })] }),
      /^no drift: 14 services, 31 callers \(and 1 accepted\)$/,
    ],
    ["something pending", reportOf({ findings: [findingOf({ pending: true })] }), /^no drift: .* \(and 1 pending\)$/],
    ["something that does not fail the run", reportOf({ findings: [findingOf({ severity: "info" })] }), /^1 info$/],
    [
      "no service at all",
      reportOf({ access: [], summary: { ...reportOf({}).summary, services: 0 } }),
      /^nothing was compared/,
    ],
    ["a blind spot that is accepted", except, /^no drift except projects\/acme-legacy \(exception EX-4\): /],
  ])("the last line where there is %s", (_, report, line) => {
    expect(linesOf(report).at(-1)).toMatch(line);
  });

  test("lists are folded, and -v lists all", () => {
    const services = Array.from({ length: 180 }, (_, i) => `s${i}`);
    const paths = Array.from({ length: 9 }, (_, i) => pathOf({ resource: `projects/p${i}` }));
    const report = reportOf({ findings: [findingOf({ services, paths })] });
    const folded = linesOf(report).join("\n");
    expect(folded).toContain("180 services: s0, s1, s2 and 177 more; -v lists all");
    expect(folded).toContain("and 6 more paths; -v lists all");
    const all = linesOf(report, { verbose: true }).join("\n");
    for (const word of ["s179", "projects/p8"]) expect(all).toContain(word);
    expect(all).not.toContain("-v lists all");
  });

  test("reads that failed alike are told as one, with all that hangs on them", () => {
    const unread = ["a", "b", "c"].map((name) => unreadOf({ resource: `projects/${name}`, services: [name] }));
    const lines = linesOf(reportOf({ complete: false, unread }));
    expect(lines[0]).toBe("prod: INCOMPLETE, 3 reads failed; 14 services found, 3 of them in doubt");
    expect(lines.filter((line) => line.startsWith("not read:"))).toEqual([
      "not read: IAM policy of projects/a, projects/b and projects/c (denied): Permission 'run.services.getIamPolicy' denied",
    ]);
    expect(lines).toContain("  = in doubt: 3 services: a, b and c");
  });

  test("a finding about a read that failed is told once, with its fix", () => {
    const lines = linesOf(incomplete);
    expect(lines.filter((line) => line.includes("not-readable"))).toEqual([]);
    expect(lines.join("\n")).toContain("--role='roles/run.viewer'");
    const other = findingOf({ rule: "not-readable", resource: "projects/other", message: "another" });
    expect(linesOf({ ...incomplete, findings: [other] }).join("\n")).toContain("error[not-readable]: another");
  });

  test("quiet says nothing but what makes the run fail", () => {
    expect(text(clean, { ...options, quiet: true })).toBe("");
    expect(text(except, { ...options, quiet: true })).toBe("");
    expect(linesOf(rich, { quiet: true, failOn: "error" })).toHaveLength(2);
    expect(linesOf(incomplete, { quiet: true })[0]).toContain("INCOMPLETE");
  });

  test("--indirect lists every indirect way that is not denied", () => {
    const rows = [
      rowOf({ ring: "indirect", principal: "user:a@x" }),
      rowOf({ ring: "indirect", principal: "user:b@x", verdict: "denied" }),
    ];
    const output = linesOf(reportOf({ access: rows }), { indirect: true }).join("\n");
    expect(output).toContain("  user:a@x at billing in europe-west1 (allowed)");
    expect(output).not.toContain("user:b@x");
    expect(linesOf(reportOf({ access: rows })).join("\n")).not.toContain("user:a@x");
  });
});
