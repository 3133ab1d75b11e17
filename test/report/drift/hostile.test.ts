import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DriftFinding, DriftReport } from "../../../src/drift/drift-report.ts";
import { type DriftFormatName, driftFormatNames } from "../../../src/report/drift/format-names.ts";
import { driftFormats } from "../../../src/report/drift/formats.ts";
import { parseXml } from "../parse-xml.ts";
import { type RunnerCommand, runnerCommand } from "../runner-command.ts";
import { textOf } from "../text-of.ts";
import { findingOf, options, pathOf, reportOf, rowOf, unreadOf } from "./fixture.ts";
import { parseCsv } from "./parse-csv.ts";

const hostile: Readonly<Record<string, string>> = {
  "escape sequence": "a\u001b[2J\u001b]8;;https://evil.example\u0007b\u009b31mc",
  bidi: "a\u202e\u2066b\u2069\u200f\u061cc",
  invisible: "a\u200b\u00ad\u{e0041}\u2060\u3164\ufeffb",
  "workflow command": "::error file=x::y",
  "workflow command after a line break": "a\n::stop-commands::x\r\n  ::set-output name=x::y",
  "command of a build server": "a ##[stop-commands]x ##vso[task.setvariable variable=x]y",
  "end of CDATA": "]]><x/><!-- & -->&lt;",
  tags: `</code><script>alert('1')</script><img src=x onerror=alert(1)>"`,
  "NUL and the like": "a\0b\u0001c\u007fd\ufffee\uffff",
  "lone surrogates": "a\ud800b\udc00c",
  formula: '=cmd|"/c calc"!A0',
  "other formulas": "+1+1 -2 @SUM(A1) \t=1 \r=1 ;=1 ; =1 ＝1",
  "Markdown that ends a table": "a | b |\n| --- | --- |\n\n# No drift\n\n[x](https://evil.example) **b** `c` ``d",
  "backslash and bar": String.raw`a\|b\\|c`,
  "mention and link": "@acme/security #1 www.evil.example ![](https://evil.example/x.png) https://evil.example",
  percent: "100%25,a:b=c;d#e?f%0A::error::x",
};

function attributionOf(text: string): DriftFinding["attribution"] {
  const grant = { resource: text, role: text, member: text, condition: text };
  const entry = { logName: text, timestamp: text, insertId: text };
  const maker = { at: text, principal: text, delegation: [text], userAgent: text, method: text, entry };
  return {
    grants: [
      { ...grant, made: { ...maker, isApplier: false, isSure: false }, gaps: [] },
      { ...grant, made: null, gaps: [text, text] },
    ],
  };
}

/** A report that holds a text wherever a policy, an answer of Google or a matrix can put text. */
function reportFull(text: string, complete = true): DriftReport {
  const span = { file: text, line: 2, column: 2, endLine: 2, endColumn: 3 };
  const hop = { resource: text, role: text, member: text, condition: text };
  const kinds = ["binding", "group", "convenience", "impersonate", "invoker-check"] as const;
  const finding = {
    message: text,
    fix: text,
    service: text,
    services: [text, `${text}2`],
    principal: text,
    resource: text,
    role: text,
    criteria: [text],
    attribution: attributionOf(text),
    span,
    paths: kinds.map((kind) => pathOf({ ...hop, kind })),
  };
  const path = {
    declared: false,
    standing: "undeclared" as const,
    managed: false,
    inherited: text,
    allow: "allowed" as const,
    hops: pathOf(hop).hops,
  };
  return reportOf({
    environment: text,
    matrix: text,
    asOf: text,
    complete,
    snapshot: { startedAt: text, finishedAt: text, reader: text, sha256: text, endpoints: { [text]: text } },
    unread: [
      unreadOf({
        what: text,
        resource: text,
        status: text,
        reason: text,
        services: [text],
        accepted: complete ? text : null,
      }),
    ],
    findings: [findingOf(finding), findingOf({ ...finding, accepted: text }), findingOf({ ...finding, pending: true })],
    access: [
      rowOf({ service: null, name: text, region: text, project: text, principal: text, caller: text, paths: [path] }),
      rowOf({ service: text, declared: false, ring: "indirect", through: text, paths: [path] }),
    ],
    horizon: [{ resource: text, read: false, reason: text }],
    unexpanded: [text],
    builtInRoles: [{ role: text, date: text }],
  });
}

const shown = { ...options, verbose: true, indirect: true };
const bad = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** The lines of any format that show what nobody sees, or that GitHub's runner would obey without being asked to. */
function badLines(text: string): readonly string[] {
  return [true, false].flatMap((complete) =>
    driftFormatNames.flatMap((name) =>
      driftFormats[name](reportFull(text, complete), shown)
        .split(name === "csv" ? "\r\n" : "\n")
        .filter((line) => bad.test(line) || isUnmeant(runnerCommand(line), name))
        .map((line) => `${name}: ${JSON.stringify(line)}`),
    ),
  );
}

function isUnmeant(command: RunnerCommand | undefined, format: DriftFormatName): boolean {
  if (command === undefined) return false;
  const titles: readonly (string | undefined)[] = ["undeclared-caller", "not-readable"];
  return format !== "github" || command.name !== "error" || !titles.includes(command.properties["title"]);
}

const parts = [
  "::",
  "##[",
  "]",
  "\n",
  "\r",
  "\u001b[",
  "%",
  "<",
  "&",
  "]]>",
  "\u202e",
  "=",
  "+",
  "@",
  "|",
  "\\",
  "`",
  "*",
  "\t",
  ";",
  ",",
  '"',
  "(",
  "\ud83d",
  "a",
  " ",
];
const anyText = textOf(parts);

describe("hostile text in a report of drift", () => {
  test.each(Object.entries(hostile))("%s: no format lets it out", (_, text) => {
    expect(badLines(text)).toEqual([]);
  });

  test("whatever the text, no line holds a control character or a command", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(badLines(text)).toEqual([]);
      }),
      { numRuns: 60, seed: 7 },
    );
  });

  test.each(["text", "markdown", "github", "junit"] as const)("%s: text stays in its line", (name) => {
    const lines = (text: string): number => driftFormats[name](reportFull(text), shown).split("\n").length;
    fc.assert(
      fc.property(anyText, (text) => text === "" || lines(text) === lines("a")),
      { numRuns: 60, seed: 7 },
    );
  });

  test("JSON gives every character back", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { findings, access, environment } = JSON.parse(driftFormats.json(reportFull(text), shown));
        expect(environment).toBe(text);
        expect(findings[0]).toMatchObject({ message: text, fix: text, principal: text, services: [text, `${text}2`] });
        expect(access[0].paths[0].hops[0]).toMatchObject({ member: text, role: text, condition: text });
      }),
      { numRuns: 60, seed: 7 },
    );
  });

  test("XML stays well-formed", () => {
    fc.assert(
      fc.property(anyText, (text) => parseXml(driftFormats.junit(reportFull(text), shown)).name === "testsuites"),
      { numRuns: 60, seed: 7 },
    );
  });

  test("no cell of CSV is a formula, and no text makes a row or a cell", () => {
    fc.assert(
      fc.property(fc.oneof(anyText, fc.constantFrom(...Object.values(hostile))), (text) => {
        const rows = parseCsv(driftFormats.csv(reportFull(text), shown));
        expect(rows).toHaveLength(1 + 1 + 1 + 3 + 1);
        expect(new Set(rows.map((row) => row.length))).toEqual(new Set([21]));
        expect(rows.flat().filter((cell) => /(^|;)\s*[=+\-@\t\r＝＋－＠]/.test(cell))).toEqual([]);
      }),
      { seed: 7 },
    );
  });
});
