import { describe, expect, test } from "vitest";
import type { FindingReport } from "../../src/report/findings/finding-report.ts";
import { junit } from "../../src/report/findings/junit.ts";
import { cleanReport, plain, report, reportOf } from "./fixture.ts";
import { parseXml, type XmlNode } from "./parse-xml.ts";

function casesOf(of: FindingReport): readonly XmlNode[] {
  const [suite] = parseXml(junit(of, plain)).children;
  const cases = suite?.children ?? [];
  const having = (name: string) => cases.filter(({ children }) => children.some((child) => child.name === name)).length;
  expect(suite?.attributes).toMatchObject({
    tests: String(cases.length),
    failures: String(having("failure")),
    skipped: String(having("skipped")),
  });
  return cases;
}

const outcomes = (of: FindingReport) =>
  Object.fromEntries(
    casesOf(of).map(({ attributes, children }) => [
      attributes["name"]?.split(":")[0],
      children.map(({ name }) => name),
    ]),
  );

describe("junit", () => {
  test("a clean run shows every rule pass", () => {
    expect(casesOf(cleanReport).map(({ children }) => children)).toEqual(cleanReport.rules.map(() => []));
  });

  test("what is at or above the threshold fails, the rest is told", () => {
    expect(outcomes({ ...report, failOn: "error" })).toMatchObject({
      yaml: ["failure"],
      "set-cycle": [],
      "expiring-soon": ["system-out"],
      "open-ingress": ["system-out"],
      "uncalled-service": ["system-out"],
    });
    expect(outcomes({ ...report, failOn: "info" })).toMatchObject({
      "open-ingress": ["failure"],
      "uncalled-service": ["system-out"],
    });
  });

  test("one failure tells everything that a rule found", () => {
    const two = {
      ...report,
      findings: [...reportOf({ message: "one" }).findings, ...reportOf({ message: "two" }).findings],
    };
    const failures = casesOf(two).flatMap(({ children }) => children);
    expect(failures).toHaveLength(1);
    expect(failures[0]?.attributes["message"]).toBe("one (and 1 more)");
    expect(failures[0]?.text).toBe("error at matrix.yaml:3:3: one\nerror at matrix.yaml:3:3: two");
  });

  test("in a matrix that could not be read, rules that found nothing are skipped", () => {
    expect(outcomes({ ...reportOf({ rule: "yaml" }), summary: undefined })).toMatchObject({
      yaml: ["failure"],
      "unknown-name": ["skipped"],
    });
  });

  test("a finding of a rule that is not listed is not lost", () => {
    expect(outcomes(reportOf({ rule: "unheard-of" }))).toMatchObject({ "unheard-of": ["failure"] });
  });

  test("names are unique, since GitLab keeps the first of several", () => {
    const names = casesOf(report).map(({ attributes }) => attributes["name"]);
    expect(new Set(names).size).toBe(names.length);
  });
});
