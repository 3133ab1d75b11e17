import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { Finding } from "../../src/finding/finding.ts";
import { driftRuleIdList } from "../../src/matrix/rules/drift-rule-ids.ts";
import { rules } from "../../src/matrix/rules/registry.ts";
import { diffRuleIdList } from "../../src/diff/diff-rule-ids.ts";
import { guardRuleIdList } from "../../src/guard/guard-rule-ids.ts";
import { type RuleId, ruleIdList } from "../../src/matrix/rules/rule-ids.ts";
import type { Rule } from "../../src/matrix/rules/rule.ts";
import type { Span } from "../../src/matrix/text/source-text.ts";
import { validateMatrix } from "../../src/matrix/validate-matrix.ts";
import { type Instant, parseInstant } from "../../src/time/instant.ts";
import { type Example, fileTreeOf, readRulePage, ROOT, type RulePage } from "./rule-docs.ts";

const folder = fileURLToPath(new URL("../../docs/rules/", import.meta.url));

/** The day on which the examples are judged. */
const asOf = parseInstant("2026-11-22") as Instant;

function pageText(id: RuleId): string {
  return readFileSync(`${folder}${id}.md`, "utf8");
}

function pageOf(id: RuleId): RulePage {
  const page = readRulePage(pageText(id));
  if (page === undefined) throw new Error(`docs/rules/${id}.md does not have the shape of a rule's page`);
  return page;
}

function findingsIn(example: Example): readonly Finding[] {
  const result = validateMatrix(fileTreeOf(example), ROOT, asOf);
  if ("problem" in result) throw new Error(result.problem);
  return result.findings;
}

const isError = ({ severity }: Finding): boolean => severity === "error";

test("there is one page for each rule", () => {
  const ids = [...ruleIdList, ...driftRuleIdList, ...diffRuleIdList, ...guardRuleIdList];
  expect(readdirSync(folder).sort()).toEqual(ids.map((id) => `${id}.md`).sort());
});

describe.each(ruleIdList)("the page of %s", (id) => {
  const { severity, stopsSynth, summary }: Rule = rules[id];

  test("has the shape of every page and says what the registry says", () => {
    const page = pageOf(id);
    expect(page.title).toBe(id);
    expect(page.summary).toBe(`${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`);
    expect(page.severity).toBe(`Severity: ${severity}. ${stopsSynth ? "It stops synth." : "It does not stop synth."}`);
  });

  test("is plain prose that fits a terminal", () => {
    const text = pageOf(id).prose.join("");
    expect(text).not.toContain("!");
    expect(text.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });

  test("offers lint and exceptions only where they work", () => {
    const fix = pageOf(id).prose[2] ?? "";
    const lint = fix.match(/`lint: \{ ([a-z-]+): \w+ \}`/)?.[1];
    expect(lint).toBe(stopsSynth ? undefined : id);
  });

  test("has a bad example that breaks this rule and no other", () => {
    const { bad } = pageOf(id);
    const findings = findingsIn(bad);
    expect(findings.map(({ rule }) => rule)).toContain(id);
    expect(findings.filter(isError).filter(({ rule }) => rule !== id)).toEqual([]);
  });

  test("marks no line of the bad example but one that is found", () => {
    const { bad } = pageOf(id);
    const marked = [...bad].flatMap(([file, text]) =>
      text.split("\n").flatMap((line, index) => (line.includes("# <-") ? [`${file}:${index + 1}`] : [])),
    );
    const found = findingsIn(bad).flatMap(({ rule, span }) => (rule === id ? [`${span.file}:${span.line}`] : []));
    expect(found).toEqual(expect.arrayContaining(marked));
  });

  test("has a good example without errors and without findings of this rule", () => {
    const findings = findingsIn(pageOf(id).good);
    expect(findings.filter((finding) => isError(finding) || finding.rule === id)).toEqual([]);
  });
});

test("what each bad example is told, on one page to read", async () => {
  await expect(ruleIdList.map(told).join("\n")).toMatchFileSnapshot("rules.golden.txt");
});

/** Every finding of a rule's bad example: rule, severity, place, the word there, message and help; related places below. */
function told(id: RuleId): string {
  const { bad } = pageOf(id);
  const word = (span: Span, line: string): string => {
    const end = span.endLine === span.line ? span.endColumn - 1 : undefined;
    return JSON.stringify(line.slice(span.column - 1, end));
  };
  const place = ({ file, line, column }: Span): string => `${file === ROOT ? "" : `${file}:`}${line}:${column}`;
  const lines = findingsIn(bad).flatMap(({ rule, severity, span, line, message, help, related }) => [
    `${rule} ${severity} ${place(span)} ${word(span, line)} ${message} | ${help ?? "(no help)"}`,
    ...related.map((other) => `    ${place(other.span)} ${word(other.span, other.line)} ${other.message}`),
  ]);
  return lines.map((line) => `${line}\n`).join("");
}
