import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { DriftRule } from "../../src/drift/drift-rule.ts";
import { reportedRules } from "../../src/drift/reported-rules.ts";
import { driftRules } from "../../src/drift/rules/registry.ts";
import { driftFormats } from "../../src/report/drift/formats.ts";
import { driftCases } from "./cases/drift-cases.ts";
import type { DriftCase } from "./cases/drift-case.ts";
import { driftOf, readMatrixFor } from "./drift-of.ts";
import { type DriftPage, readDriftPage, withExample } from "./drift-page.ts";

const pathOf = (rule: string): string => fileURLToPath(new URL(`../../docs/rules/${rule}.md`, import.meta.url));

describe.each(driftCases)("the page of $rule", (each) => {
  const { rule, matrix } = each;
  const { severity, summary, criteria, declaredTwin }: DriftRule = driftRules[rule];
  const text = readFileSync(pathOf(rule), "utf8");

  test("shows the case and what drift says of it", async () => {
    await expect(withExample(text, matrix, toldOf(each))).toMatchFileSnapshot(pathOf(rule));
  });

  test("has the shape of every page and says what the registry says", () => {
    const page = pageOf(text);
    expect(page.title).toBe(rule);
    expect(page.summary).toBe(`${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`);
    expect(page.severity).toBe(`Severity: ${severity}. Found by matrix drift.`);
    expect(page.criteria).toBe(`SOC 2: ${criteria.join(", ")}`);
  });

  test("is plain prose that fits a terminal, and names its source", () => {
    const { prose } = pageOf(text);
    expect(prose.join("")).not.toContain("!");
    expect(
      prose
        .join("")
        .split("\n")
        .filter((line) => line.length > 80),
    ).toEqual([]);
    expect(prose[1]).toMatch(/Source:/);
  });

  test("says how to accept the finding, and offers lint only where it works", () => {
    const fix = (pageOf(text).prose[2] ?? "").replaceAll(/\s+/g, " ");
    expect(fix).toContain(`\`rule: ${rule}\``);
    expect(/`lint: \{ ([a-z-]+): [a-z"]+ \}`/.exec(fix)?.[1]).toBe(rule === "not-readable" ? undefined : rule);
    if (declaredTwin !== undefined) expect(fix).toContain(`\`${declaredTwin}\``);
  });
});

function pageOf(text: string): DriftPage {
  const page = readDriftPage(text);
  if (page === undefined) throw new Error("the page does not have the shape of a page about a rule of drift");
  return page;
}

/** The paragraphs of `matrix drift` that are about a rule. */
function toldOf({ rule, matrix, bad }: DriftCase): string {
  const parsed = readMatrixFor(matrix, bad).matrix;
  if (parsed === undefined) throw new Error("not a matrix");
  const written = driftFormats.text(driftOf(matrix, bad), {
    color: false,
    width: 80,
    quiet: false,
    verbose: false,
    failOn: "error",
    rules: reportedRules(parsed),
    version: "0.0.0",
  });
  const told = written
    .trimEnd()
    .split("\n\n")
    .filter((part) => part.includes(`[${rule}]`) || (rule === "not-readable" && part.startsWith("not read:")));
  if (told.length !== 1) throw new Error(`${rule} is told ${told.length} times:\n${written}`);
  return `${told.join("")}\n`;
}
