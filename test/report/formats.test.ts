import { describe, expect, test } from "vitest";
import type { FindingReport, FormatOptions } from "../../src/report/findings/finding-report.ts";
import { type FormatName, formatNames } from "../../src/report/findings/format-names.ts";
import { formats } from "../../src/report/findings/formats.ts";
import { cleanReport, plain, report } from "./fixture.ts";

const unreadable: FindingReport = {
  ...report,
  findings: report.findings.filter(({ rule }) => rule === "yaml"),
  summary: undefined,
  environments: [],
};

// JSON ends in .txt too: the formatter of this repository would rewrite it.
const goldens: readonly (readonly [string, FormatName, FindingReport, Partial<FormatOptions>])[] = [
  ["text.txt", "text", report, {}],
  ["text-color-verbose.txt", "text", report, { color: true, verbose: true }],
  ["text-narrow.txt", "text", report, { width: 60 }],
  ["text-quiet.txt", "text", report, { quiet: true }],
  ["text-clean.txt", "text", cleanReport, {}],
  ["text-unreadable.txt", "text", unreadable, {}],
  ["json.json.txt", "json", report, {}],
  ["json-unreadable.json.txt", "json", unreadable, {}],
  ["sarif.sarif", "sarif", report, {}],
  ["github.txt", "github", report, {}],
  ["github-clean.txt", "github", cleanReport, {}],
  ["junit.xml", "junit", report, {}],
  ["junit-unreadable.xml", "junit", unreadable, {}],
];

describe("formats", () => {
  test.each(goldens)("golden/%s", async (file, name, of, options) => {
    await expect(formats[name](of, { ...plain, ...options })).toMatchFileSnapshot(`golden/${file}`);
  });

  test("every format has its name", () => {
    expect(Object.keys(formats)).toEqual([...formatNames]);
  });

  test.each(formatNames)("%s depends on nothing but its arguments", (name) => {
    expect(formats[name](structuredClone(report), plain)).toBe(formats[name](report, plain));
  });
});
