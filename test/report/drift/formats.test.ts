import { describe, expect, test } from "vitest";
import type { DriftReport } from "../../../src/drift/drift-report.ts";
import type { DriftFormatOptions } from "../../../src/report/drift/drift-format.ts";
import { type DriftFormatName, driftFormatNames } from "../../../src/report/drift/format-names.ts";
import { driftFormats } from "../../../src/report/drift/formats.ts";
import { options, reportOf } from "./fixture.ts";
import { clean, except, incomplete, rich } from "./worlds.ts";

const reports = { rich, clean, incomplete, except };

// What the formatter of this repository would rewrite ends in .txt.
const endings: Readonly<Record<DriftFormatName, string>> = {
  text: "txt",
  json: "json.txt",
  markdown: "md.txt",
  sarif: "sarif.txt",
  github: "github.txt",
  csv: "csv",
  junit: "xml",
};

const goldens = Object.entries(reports).flatMap(([of, report]) =>
  driftFormatNames.map((name) => [`${of}.${endings[name]}`, name, report, {}] as const),
);

const variants: readonly (readonly [string, DriftFormatName, DriftReport, Partial<DriftFormatOptions>])[] = [
  ["rich-verbose.txt", "text", rich, { verbose: true, indirect: true }],
  ["rich-color.txt", "text", rich, { color: true }],
  ["rich-quiet.txt", "text", rich, { quiet: true }],
  ["incomplete-quiet.txt", "text", incomplete, { quiet: true }],
  ["rich-verbose.md.txt", "markdown", rich, { verbose: true }],
];

describe("formats of drift", () => {
  test.each([...goldens, ...variants])("golden/%s", async (file, name, report, given) => {
    await expect(driftFormats[name](report, { ...options, ...given })).toMatchFileSnapshot(`golden/${file}`);
  });

  test("every format has its name", () => {
    expect(Object.keys(driftFormats)).toEqual([...driftFormatNames]);
  });

  test.each(driftFormatNames)("%s depends on nothing but its arguments", (name) => {
    expect(driftFormats[name](structuredClone(rich), options)).toBe(driftFormats[name](rich, options));
  });
});

const reassuring = /no drift|\bclean\b|no finding|nothing to|all declared|up to date|\bcomplete[,\s]|"complete": true/i;

describe("unread is never clean", () => {
  const unread = { ...incomplete, findings: [] };
  const worlds: readonly (readonly [string, DriftReport])[] = [
    ["reads failed and nothing was found", unread],
    ["reads failed and something was found", incomplete],
    ["the flag alone says so", { ...clean, complete: false }],
    ["the list alone says so", { ...unread, complete: true }],
    ["nothing was judged at all", { ...unread, access: [], summary: reportOf({ access: [] }).summary }],
  ];
  for (const [world, report] of worlds) {
    test.each(driftFormatNames)(`%s where ${world}`, (name) => {
      for (const given of [options, { ...options, verbose: true }, { ...options, quiet: true }]) {
        const output = driftFormats[name](report, given);
        expect(output).not.toMatch(reassuring);
        expect(output).toMatch(/INCOMPLETE|"complete": false/);
      }
    });
  }

  test.each(driftFormatNames)("%s names what was not read, why, and what hangs on it", (name) => {
    const output = driftFormats[name](incomplete, options);
    for (const word of ["projects/acme-data", "503 after 5 attempts", "getIamPolicy", "ledger"]) {
      expect(output).toContain(word);
    }
  });

  test.each(driftFormatNames)("%s names the blind spot that an exception accepts", (name) => {
    const output = driftFormats[name](except, options);
    expect(output).toContain("projects/acme-legacy");
    expect(output).toContain("EX-4");
  });

  test.each(driftFormatNames)("%s tells of the levels above the scope, whether they were read", (name) => {
    for (const level of rich.horizon) expect(driftFormats[name](rich, options)).toContain(level.resource);
  });
});
