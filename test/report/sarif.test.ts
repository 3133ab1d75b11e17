import { describe, expect, test } from "vitest";
import { fingerprint } from "../../src/finding/fingerprint.ts";
import type { Finding } from "../../src/finding/finding.ts";
import type { FindingReport } from "../../src/report/findings/finding-report.ts";
import { sarif } from "../../src/report/findings/sarif.ts";
import { plain, report, reportOf } from "./fixture.ts";

function runOf(of: FindingReport) {
  const log = JSON.parse(sarif(of, plain));
  expect(log.version).toBe("2.1.0");
  expect(log.runs).toHaveLength(1);
  return log.runs[0];
}

const uriOf = (file: string) => {
  const span = { file, line: 1, column: 1, endLine: 1, endColumn: 2 };
  return runOf(reportOf({ span })).results[0].locations[0].physicalLocation.artifactLocation.uri;
};

describe("sarif", () => {
  test("every result points at its rule", () => {
    const { tool, results } = runOf(report);
    expect(results).toHaveLength(report.findings.length);
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex].id).toBe(ruleId);
    expect("ruleIndex" in runOf(reportOf({ rule: "unheard-of" })).results[0]).toBe(false);
  });

  test("levels are those of the standard", () => {
    const { tool, results, columnKind } = runOf(report);
    expect(new Set(results.map(({ level }: { level: string }) => level))).toEqual(
      new Set(["warning", "note", "error"]),
    );
    expect(tool.driver.rules.at(-1).defaultConfiguration).toEqual({ level: "note" });
    expect(columnKind).toBe("utf16CodeUnits");
  });

  test("accepted findings are suppressed, and all others are known not to be", () => {
    const { results } = runOf(report);
    for (const [i, { acceptedBy }] of report.findings.entries()) {
      expect(results[i].suppressions).toHaveLength(acceptedBy === undefined ? 0 : 1);
    }
    expect(results.at(-1).suppressions[0]).toEqual({
      kind: "external",
      status: "accepted",
      justification: "accepted by the exception EX-7",
    });
  });

  test("related places come along", () => {
    const { relatedLocations } = runOf(report).results[4];
    expect(relatedLocations).toMatchObject([
      {
        id: 0,
        message: { text: "the first stands here" },
        physicalLocation: { region: { startLine: 20, startColumn: 3 } },
      },
    ]);
  });

  test("file names become URI references", () => {
    expect(uriOf("teams/a b%20#?ü.yaml")).toBe("teams/a%20b%2520%23%3F%C3%BC.yaml");
    expect(uriOf("c:x.yaml")).toBe("c%3Ax.yaml");
    expect(decodeURIComponent(uriOf("a\ud800b"))).toBe("a\ufffdb");
  });

  test("no text becomes a link", () => {
    const [{ message }] = runOf(reportOf({ message: "see [docs](https://evil.example)", help: "[a](1)" })).results;
    expect(message.text).toBe("see [docs] (https://evil.example). Help: [a] (1)");
  });
});

describe("fingerprint", () => {
  const [finding] = reportOf({}).findings as [Finding];

  test("stays when lines move, when severity changes, when help is rewritten", () => {
    const span = { ...finding.span, line: 99, column: 1, endLine: 99, endColumn: 2 };
    const moved: Finding = { ...finding, span, line: "x", severity: "info", help: "other" };
    expect(fingerprint(moved)).toBe(fingerprint(finding));
    expect(fingerprint(finding)).toMatch(/^[0-9a-f]{64}$/);
  });

  test("differs where rule, message, environments or file do", () => {
    const others: readonly Finding[] = [
      { ...finding, rule: "yaml" },
      { ...finding, message: "another" },
      { ...finding, environments: ["prod"] },
      { ...finding, span: { ...finding.span, file: "other.yaml" } },
      { ...finding, message: "a", environments: ["b", "c"] },
      { ...finding, message: "a", environments: ["b,c"] },
    ];
    const all = [finding, ...others].map(fingerprint);
    expect(new Set(all).size).toBe(all.length);
  });
});
