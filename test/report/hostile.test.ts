import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FindingReport } from "../../src/report/findings/finding-report.ts";
import { type FormatName, formatNames } from "../../src/report/findings/format-names.ts";
import { formats } from "../../src/report/findings/formats.ts";
import { reportOf } from "./fixture.ts";
import { parseXml } from "./parse-xml.ts";
import { type RunnerCommand, runnerCommand } from "./runner-command.ts";

const hostile: Readonly<Record<string, string>> = {
  "escape sequence": "a\u001b[2J\u001b]8;;https://evil.example\u0007b\u009b31mc",
  bidi: "a\u202e\u2066b\u2069\u200f\u061cc",
  invisible: "a\u200b\u00ad\u{e0041}\u2060\u3164\ufeffb",
  "workflow command": "::error file=x::y",
  "workflow command after a line break": "a\n::stop-commands::x\r\n  ::set-output name=x::y",
  "older workflow command": "a ##[stop-commands]x ##[add-mask]y",
  "command of Azure Pipelines": "##vso[task.setvariable variable=x]y",
  "end of CDATA": "]]><x/><!-- & -->&lt;",
  script: "<script>alert('1')</script>\"",
  "line breaks": "a\nb\r\nc\rd\u0085e\u2028f\u2029g",
  "NUL and the like": "a\0b\u0001c\u007fd\ufffee\uffff",
  "lone surrogates": "a\ud800b\udc00c",
  "10,000 characters": `${"key: [value], ".repeat(715)}`,
  "10,000 wide characters": "顧".repeat(10_000),
  tabs: "\t\ta\tb",
  "percent and separators": "my file 100%25,a:b=c;d#e?f.yaml",
  "SARIF link": "see [the docs](https://evil.example) {0}",
  "combining characters": `e${"\u0301".repeat(500)}`,
  nothing: "",
};

/** A report that holds a text wherever a matrix can put text. */
function reportFull(text: string): FindingReport {
  const span = { file: text, line: 2, column: 2, endLine: 2, endColumn: 3 };
  const finding = {
    message: text,
    help: text,
    environments: [text],
    span,
    line: text,
    related: [{ message: text, span, line: text }],
  };
  const [plainFinding] = reportOf(finding).findings;
  const [accepted] = reportOf({ ...finding, acceptedBy: text }).findings;
  if (plainFinding === undefined || accepted === undefined) throw new Error("reportOf gives one finding");
  return { ...reportOf(finding), findings: [plainFinding, accepted], environments: ["prod"] };
}

const options = { color: false, width: 80, verbose: true, quiet: false };
const bad = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** The lines of any format that show what nobody sees, or that GitHub's runner would obey without being asked to. */
function badLines(text: string): readonly string[] {
  return formatNames.flatMap((name) =>
    formats[name](reportFull(text), options)
      .split("\n")
      .filter((line) => bad.test(line) || isUnmeant(runnerCommand(line), name))
      .map((line) => `${name}: ${JSON.stringify(line)}`),
  );
}

function isUnmeant(command: RunnerCommand | undefined, format: FormatName): boolean {
  if (command === undefined) return false;
  return format !== "github" || command.name !== "error" || command.properties["title"] !== "unknown-name";
}

const anyText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
  fc
    .array(
      fc.constantFrom("::", "##[", "]", "\n", "\r", "\u001b[", "%", "<", "&", "]]>", "\u202e", "error ", ",", "\ud83d"),
    )
    .map((parts) => parts.join("")),
);

describe("hostile text", () => {
  test.each(Object.entries(hostile))("%s: no format lets it out", (_, text) => {
    expect(badLines(text)).toEqual([]);
  });

  test("whatever the text, no line holds a control character or a command", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(badLines(text)).toEqual([]);
      }),
      { numRuns: 200, seed: 7 },
    );
  });

  test("text stays in its line: the number of lines does not depend on it", () => {
    const lines = (text: string) => formats.text(reportFull(text), options).split("\n").length;
    fc.assert(fc.property(anyText, (text) => text === "" || lines(text) === lines("a")));
  });

  test("JSON gives every character back", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { findings } = JSON.parse(formats.json(reportFull(text), options));
        expect(findings[0]).toMatchObject({ message: text, help: text, file: text, environments: [text] });
      }),
    );
  });

  test("XML stays well-formed", () => {
    fc.assert(fc.property(anyText, (text) => parseXml(formats.junit(reportFull(text), options)).name === "testsuites"));
  });

  test("GitHub's runner gets back what was meant, hidden characters by number", () => {
    const text = "a: 100% %0A, b\nc";
    const [line = ""] = formats.github(reportFull(text), options).split("\n");
    expect(runnerCommand(line)).toMatchObject({
      name: "error",
      properties: { file: text, line: "2", col: "2", endLine: "2", endColumn: "3", title: "unknown-name" },
      data: `${text} (${text})\nhelp: ${text}\nat ${text}:2:2`,
    });
    expect(formats.github(reportFull("a\u001bb"), options)).toContain("a\\u{1b}b");
  });
});
