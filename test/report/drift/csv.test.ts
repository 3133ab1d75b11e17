import { describe, expect, test } from "vitest";
import { csvRow } from "../../../src/report/csv/csv-row.ts";
import { csv } from "../../../src/report/drift/csv.ts";
import { options } from "./fixture.ts";
import { parseCsv } from "./parse-csv.ts";
import { incomplete, rich } from "./worlds.ts";

describe("csvRow", () => {
  test.each([
    ["a", "a"],
    ["", ""],
    ["a,b", '"a,b"'],
    ['say "a"', '"say ""a"""'],
    [" a", '" a"'],
    ["=1+1", "'=1+1"],
    ["+1", "'+1"],
    ["-1", "'-1"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["\t=1", "'\\u{9}=1"],
    ["\ra", "'\\u{d}a"],
    ["a\nb", "a\\u{a}b"],
    ["  =1", "'  =1"],
    ["a;=1", '"a;\'=1"'],
    ["＝1", "'＝1"],
    ["a=1", "a=1"],
    ["user:ann@acme.example", "user:ann@acme.example"],
  ])("%j is written %j", (value, written) => {
    expect(csvRow([value])).toBe(written);
  });

  test("a cell that Excel would cut in two is cut here", () => {
    const [[cell = ""] = []] = parseCsv(`${csvRow(["🔥".repeat(40_000)])}\r\n`);
    expect(cell.length).toBeLessThan(32_767);
    expect(cell).toMatch(/^(?:🔥)+…$/u);
  });
});

describe("csv", () => {
  const rowsOf = (report: typeof rich) => {
    const [header = [], ...rows] = parseCsv(csv(report, options));
    return rows.map((row) => Object.fromEntries(header.map((name, i) => [name, row[i] ?? ""])));
  };

  test("a row for each finding, worst first, with what a reviewer sorts by", () => {
    const rows = rowsOf(rich).filter(({ kind }) => kind === "finding");
    expect(rows).toHaveLength(rich.findings.length);
    expect(rows.map(({ severity }) => severity)).toEqual([
      "error",
      "error",
      "error",
      "warning",
      "warning",
      "warning",
      "info",
    ]);
    const found = rich.findings.find(({ rule }) => rule === "undeclared-caller-inherited");
    expect(rows[1]).toMatchObject({
      principal: found?.principal,
      role: found?.role,
      fingerprint: found?.fingerprint,
      services: found?.services.join(", "),
    });
  });

  test("a table without findings does not look clean where not all was read", () => {
    const rows = rowsOf({ ...incomplete, findings: [] });
    expect(rows.map(({ kind, severity }) => `${kind} ${severity}`)).toEqual([
      "scope error",
      "unread error",
      "unread error",
      "unread error",
      "horizon ",
    ]);
  });
});
