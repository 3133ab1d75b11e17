import { describe, expect, test } from "vitest";
import type { DiffReport } from "../../../src/diff/diff-report.ts";
import { github } from "../../../src/report/diff/github.ts";
import { sarif } from "../../../src/report/diff/sarif.ts";
import { runnerCommand } from "../runner-command.ts";
import { at, changeOf, edgeOf, findingOf, options, reportOf } from "./report-of.ts";
import { scenes } from "./scenes.ts";

const sceneOf = (name: string): DiffReport => {
  const report = scenes[name];
  if (report === undefined) throw new Error(name);
  return report;
};

describe("sarif", () => {
  const runOf = (report: DiffReport) => {
    const log = JSON.parse(sarif(report, options));
    expect(log.version).toBe("2.1.0");
    expect(log.runs).toHaveLength(1);
    return log.runs[0];
  };

  test.each(Object.entries(scenes))(
    "%s: a result with rule and place for each finding and each change that broadens",
    (_, report) => {
      const { tool, results, columnKind } = runOf(report);
      expect(columnKind).toBe("utf16CodeUnits");
      const broadening = report.changes.filter(({ impact }) => impact === "broadens");
      expect(results).toHaveLength(report.findings.length + broadening.length);
      const fingerprints = results.map(
        (result: { readonly partialFingerprints: Readonly<Record<string, string>> }) =>
          result.partialFingerprints["matrixDiff/v1"],
      );
      expect(new Set(fingerprints)).toEqual(
        new Set([...report.findings, ...broadening].map(({ fingerprint }) => fingerprint)),
      );
      for (const { ruleId, ruleIndex, level, locations } of results) {
        expect(tool.driver.rules[ruleIndex].id).toBe(ruleId);
        expect(["error", "warning", "note"]).toContain(level);
        expect(locations[0].physicalLocation.artifactLocation.uri).toBe("matrix.yaml");
        expect(locations[0].physicalLocation.region.startLine).toBeGreaterThan(0);
      }
    },
  );

  test("a rule that is not listed has no index", () => {
    const { runs } = JSON.parse(sarif(sceneOf("pci"), { ...options, rules: [] }));
    for (const result of runs[0].results) expect(result).not.toHaveProperty("ruleIndex");
  });

  test("what a finding judges comes along as related places", () => {
    const { results } = runOf(sceneOf("pci"));
    expect(results[0].relatedLocations).toMatchObject([
      {
        id: 0,
        message: { text: "lets storefront call billing in prod" },
        physicalLocation: { region: { startLine: 42 } },
      },
    ]);
  });

  test("what has no place is on the first line of the later file", () => {
    const head = { name: "feature/x:infra/müll.yaml", commit: "a".repeat(40), isPresent: true };
    const changes = [
      changeOf("rule-removed", "no-web", { impact: "broadens", rules: ["safeguard-lowered"], baseSpan: at(9) }),
    ];
    const [{ physicalLocation }] = runOf(reportOf({ head, changes })).results[0].locations;
    expect(physicalLocation).toMatchObject({
      artifactLocation: { uri: "infra/m%C3%BCll.yaml" },
      region: { startLine: 1, startColumn: 1 },
    });
  });

  test("no text becomes a link", () => {
    const findings = [findingOf({ message: "[a](https://evil.example)", help: "[b](1)" })];
    const [{ message }] = runOf(reportOf({ changes: [changeOf("terraform-changed", null)], findings })).results;
    expect(message.text).toBe("[a] (https://evil.example). Help: [b] (1)");
  });
});

describe("github", () => {
  const commandsOf = (report: DiffReport) =>
    github(report, options)
      .split("\n")
      .flatMap((line) => runnerCommand(line) ?? []);

  test("the gravest comes first, then what broadens, then what narrows; the rest is counted", () => {
    const changes = [
      changeOf("description-changed", "a", { span: at(3) }),
      edgeOf("edge-removed", "a", "b"),
      edgeOf("edge-added", "c", "d"),
    ];
    const findings = [
      findingOf({ severity: "error", span: at(1) }),
      findingOf({ rule: "reach-gained", severity: "info" }),
    ];
    expect(
      commandsOf(reportOf({ changes, findings })).map(({ name, properties }) => [name, properties["title"]]),
    ).toEqual([
      ["error", "internet-reaches"],
      ["warning", "broadens (caller-gained)"],
      ["notice", "narrows (caller-lost)"],
    ]);
  });

  test("a change stands on its line; what is gone on the first, with the place where it stood", () => {
    const [added, removed] = commandsOf(
      reportOf({ changes: [edgeOf("edge-added", "c", "d"), edgeOf("edge-removed", "a", "b")] }),
    );
    expect(added?.properties).toMatchObject({
      file: "matrix.yaml",
      line: "42",
      col: "3",
      endLine: "42",
      endColumn: "24",
    });
    expect(removed?.properties).toEqual({ file: "matrix.yaml", line: "1", title: "narrows (caller-lost)" });
    expect(removed?.data).toBe("no longer lets a call b\nit stood at matrix.yaml:40 of main:matrix.yaml");
  });

  test("standard input has no file to put anything on", () => {
    const head = { name: "<stdin>", commit: null, isPresent: true };
    const [removed] = commandsOf(reportOf({ head, changes: [edgeOf("edge-removed", "a", "b")] }));
    expect(removed?.properties).toEqual({ title: "narrows (caller-lost)" });
  });
});
