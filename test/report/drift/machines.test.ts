import { describe, expect, test } from "vitest";
import { junit } from "../../../src/report/drift/junit.ts";
import { sarif } from "../../../src/report/drift/sarif.ts";
import { github } from "../../../src/report/drift/github.ts";
import { parseXml } from "../parse-xml.ts";
import { runnerCommand } from "../runner-command.ts";
import { findingOf, options, reportOf, unreadOf } from "./fixture.ts";
import { clean, except, incomplete, rich } from "./worlds.ts";

const runOf = (report: typeof rich) => JSON.parse(sarif(report, options)).runs[0];

describe("sarif", () => {
  test("every finding has a rule, a place, a fingerprint and its paths", () => {
    const { tool, results } = runOf(rich);
    expect(results).toHaveLength(rich.findings.length);
    for (const { ruleId, ruleIndex, locations, partialFingerprints, properties } of results) {
      const found = rich.findings.find(({ fingerprint }) => fingerprint === partialFingerprints["matrixDrift/v1"]);
      expect(tool.driver.rules[ruleIndex].id).toBe(ruleId);
      expect(ruleId).toBe(found?.rule);
      expect(properties).toMatchObject({ principal: found?.principal, services: found?.services });
      expect(properties.paths).toHaveLength(found?.paths.length ?? -1);
      expect(locations[0].physicalLocation).toMatchObject({
        artifactLocation: { uri: "matrix.yaml" },
        region: { startLine: found?.span?.line ?? 1 },
      });
    }
  });

  test("a rule that is not listed has no index", () => {
    const report = JSON.parse(sarif(rich, { ...options, rules: [] }));
    for (const result of report.runs[0].results) expect(result).not.toHaveProperty("ruleIndex");
  });

  test("a run that could not read all did not succeed, and says what", () => {
    const [{ executionSuccessful, toolExecutionNotifications }] = runOf(incomplete).invocations;
    expect(executionSuccessful).toBe(false);
    const errors = toolExecutionNotifications.filter(({ level }: { level: string }) => level === "error");
    expect(errors).toHaveLength(incomplete.unread.length);
    expect(runOf(clean).invocations[0].executionSuccessful).toBe(true);
    expect(runOf(except).invocations[0].executionSuccessful).toBe(true);
    expect(runOf(except).invocations[0].toolExecutionNotifications[0].level).toBe("note");
  });

  test("accepted findings are suppressed, pending ones under review, all others looked at", () => {
    const statuses = runOf(rich).results.map(
      ({ ruleId, suppressions }: { ruleId: string; suppressions: readonly { status: string }[] }) =>
        `${ruleId} ${suppressions.map(({ status }) => status).join()}`,
    );
    expect(statuses).toContain("default-runtime-account accepted");
    expect(statuses).toContain("declared-caller-missing underReview");
    expect(statuses).toContain("public-undeclared ");
  });

  test("no text becomes a link", () => {
    const [{ message }] = runOf(
      reportOf({ findings: [findingOf({ message: "[a](https://evil.example)", fix: "[b](1)" })] }),
    ).results;
    expect(message.text).toBe("prod: [a] (https://evil.example). Fix: [b] (1)");
  });
});

describe("junit", () => {
  const suiteOf = (report: typeof rich, given = {}) => {
    const [suite] = parseXml(junit(report, { ...options, ...given })).children;
    if (suite === undefined) throw new Error("no suite");
    const cases = suite.children.filter(({ name }) => name === "testcase");
    return { suite, cases, kinds: cases.map(({ children }) => children[0]?.name ?? "passed") };
  };

  test("the counts are those of the test cases", () => {
    for (const report of [rich, clean, incomplete, except]) {
      const { suite, cases, kinds } = suiteOf(report);
      const number = (kind: string): string => String(kinds.filter((each) => each === kind).length);
      expect(suite.attributes).toMatchObject({
        tests: String(cases.length),
        failures: number("failure"),
        errors: number("error"),
        skipped: number("skipped"),
      });
    }
  });

  test("where not all was read, the read is an error and no rule has passed", () => {
    const { kinds } = suiteOf({ ...incomplete, findings: [] });
    expect(kinds.filter((kind) => kind === "error")).toHaveLength(incomplete.unread.length);
    expect(kinds).not.toContain("passed");
    expect(suiteOf(clean).kinds.every((kind) => kind === "passed")).toBe(true);
  });

  test("accepted and pending findings are skipped, and fail no rule", () => {
    const findings = [findingOf({ accepted: "EX-1" }), findingOf({ pending: true })];
    const { suite, kinds } = suiteOf(reportOf({ findings }));
    expect(suite.attributes).toMatchObject({ failures: "0", skipped: "2" });
    expect(kinds.filter((kind) => kind === "skipped")).toHaveLength(2);
  });

  test("what is below the threshold passes, and is told", () => {
    const { suite } = suiteOf(rich, { failOn: "error" });
    expect(suite.attributes["failures"]).toBe("2");
    expect(junit(rich, { ...options, failOn: "error" })).toContain("warning: user:ann@acme.example");
  });

  test("a rule that is not listed has its test case", () => {
    const { cases } = suiteOf(reportOf({ findings: [findingOf({})] }), { rules: [] });
    expect(cases.map(({ attributes }) => attributes["name"])).toEqual(["undeclared-caller"]);
  });
});

describe("github", () => {
  test("what was not read comes before all findings", () => {
    const commands = github(incomplete, options)
      .split("\n")
      .flatMap((line) => runnerCommand(line) ?? []);
    expect(commands.map(({ properties }) => properties["title"])).toEqual([
      "not-readable",
      "not-readable",
      "not-readable",
      "public-undeclared",
    ]);
    expect(commands[0]?.data).toContain("fix: gcloud projects add-iam-policy-binding");
    expect(commands[0]?.properties["file"]).toBe("matrix.yaml");
  });

  test("accepted and pending findings are no annotations", () => {
    const findings = [findingOf({ accepted: "EX-1" }), findingOf({ pending: true })];
    const unread = [unreadOf({ accepted: "EX-2" })];
    expect(github(reportOf({ findings, unread }), options)).not.toContain("::");
  });
});
