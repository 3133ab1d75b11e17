import { describe, expect, test } from "vitest";
import { github } from "../../src/report/findings/github.ts";
import { plain, report, reportOf } from "./fixture.ts";
import { runnerCommand } from "./runner-command.ts";

describe("github", () => {
  test("an annotation for each finding that is not accepted, then what it comes to", () => {
    const lines = github(report, plain).trimEnd().split("\n");
    expect(lines.map((line) => runnerCommand(line)?.name)).toEqual([
      "warning",
      "notice",
      "error",
      "error",
      "error",
      "warning",
      undefined,
    ]);
  });

  test("columns only where all stands on one line, as GitHub refuses them elsewhere", () => {
    const span = { file: "matrix.yaml", line: 3, column: 5, endLine: 4, endColumn: 2 };
    const [line = ""] = github(reportOf({ span }), plain).split("\n");
    expect(runnerCommand(line)?.properties).toEqual({
      file: "matrix.yaml",
      line: "3",
      endLine: "4",
      title: "unknown-name",
    });
  });
});
