import { describe, expect, test } from "vitest";
import type { Finding } from "../../src/finding/finding.ts";
import { text } from "../../src/report/findings/text.ts";
import { cleanReport, plain, report, reportOf } from "./fixture.ts";

// In parts, since a control character in a regular expression is usually a mistake.
const sgr = new RegExp(`${"\u001b"}\\[([\\d;]*)m`, "g");

const lastLines = (output: string) => output.trimEnd().split("\n").slice(-2);

describe("text", () => {
  test("colour changes nothing but the colours", () => {
    const colored = text(report, { ...plain, color: true, verbose: true });
    expect(colored.replace(sgr, "")).toBe(text(report, { ...plain, verbose: true }));
  });

  test("every style ends on the line on which it starts", () => {
    for (const line of text(report, { ...plain, color: true, verbose: true }).split("\n")) {
      const codes = [...line.matchAll(sgr)].map(([, code]) => code === "0");
      expect(codes).toEqual(codes.map((_, i) => i % 2 === 1));
    }
  });

  test("names the environments only where they are not all", () => {
    const environments = ["dev", "prod", "staging"];
    const headline = (of: readonly string[]) =>
      text({ ...reportOf({ environments: of }), environments }, plain).split("\n")[0];
    expect(headline([])).toBe("error[unknown-name]: a message");
    expect(headline(environments)).toBe("error[unknown-name]: a message");
    expect(headline(["dev", "staging"])).toBe("error[unknown-name]: a message (dev and staging)");
  });

  test("a place without a line has no frame", () => {
    const output = text(reportOf({ line: "", help: "create it" }), plain);
    expect(output).toContain(" --> matrix.yaml:3:3\n  = help: create it\n");
    expect(output).not.toContain("|");
  });

  test("of a span over several lines, the first is marked to its end", () => {
    const span = { file: "matrix.yaml", line: 9, column: 3, endLine: 11, endColumn: 2 };
    expect(text(reportOf({ span, line: "  abc: def" }), plain)).toContain("9 |   abc: def\n  |   ^^^^^^^^\n");
  });

  test("counts without what is accepted", () => {
    const [finding] = reportOf({}).findings;
    const of = (...parts: readonly Partial<Finding>[]) => ({
      ...report,
      findings: parts.map((part): Finding => ({ ...(finding as Finding), ...part })),
    });
    expect(lastLines(text(of({ severity: "warning" }, { rule: "a" }, { rule: "b" }), plain))).toEqual([
      "",
      "2 errors, 1 warning in matrix.yaml and 2 included files",
    ]);
    expect(lastLines(text(of({ severity: "info" }, { acceptedBy: "EX-1" }), plain))).toEqual([
      "",
      "1 info (and 1 accepted) in matrix.yaml and 2 included files",
    ]);
    expect(text({ ...of({ acceptedBy: "EX-1" }), files: ["matrix.yaml"] }, plain)).toBe(
      "matrix.yaml: 3 services, 1 caller, 5 edges in 2 environments; no findings (1 accepted)\n",
    );
  });

  test("quiet says nothing where nothing fails", () => {
    const quiet = { ...plain, quiet: true };
    expect(text(cleanReport, quiet)).toBe("");
    expect(text({ ...reportOf({ severity: "warning" }), failOn: "error" }, quiet)).toBe("");
    expect(text(reportOf({ acceptedBy: "EX-1" }), quiet)).toBe("");
    expect(text(reportOf({}), quiet)).toBe("matrix.yaml:3:3: error[unknown-name]: a message\n");
  });
});
