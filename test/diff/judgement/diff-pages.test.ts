import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { type DiffRuleId, diffRuleIdList } from "../../../src/diff/diff-rule-ids.ts";
import { diffRules } from "../../../src/diff/diff-rules.ts";
import { diffOfPage, readDiffPage, withTold } from "./diff-page.ts";
import { judgeDiff, tellApprover, tellChanges, tellFinding } from "./judged.ts";

const pathOf = (rule: string): string => fileURLToPath(new URL(`../../../docs/rules/${rule}.md`, import.meta.url));

describe.each(diffRuleIdList)("the page of %s", (rule) => {
  const text = readFileSync(pathOf(rule), "utf8");

  test("shows an example and what diff says of it", async () => {
    await expect(withTold(text, toldOf(rule, diffOfPage(text)))).toMatchFileSnapshot(pathOf(rule));
  });

  test("has the shape of every page and says what the registry says", () => {
    const page = readDiffPage(text);
    if (page === undefined) throw new Error("the page does not have the shape of a page about a rule of diff");
    const { severity, summary } = diffRules[rule];
    expect(page.title).toBe(rule);
    expect(page.summary).toBe(`${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`);
    expect(page.severity).toBe(`Severity: ${severity}. Found by matrix diff.`);
    const lines = page.prose.join("").split("\n");
    expect(lines.join("\n")).not.toContain("!");
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  });
});

test("the registry of rules is in the order of their ids", () => {
  expect(Object.keys(diffRules)).toEqual([...diffRuleIdList]);
  expect(Object.values(diffRules).map(({ id }) => id)).toEqual([...diffRuleIdList]);
});

/** What is said by the rule, and who must approve. It must be said, whatever the page holds. */
function toldOf(rule: DiffRuleId, diff: string): string {
  const judged = judgeDiff(diff);
  const changes = { ...judged, changes: judged.changes.filter(({ rules }) => rules[0] === rule) };
  const findings = judged.findings.filter((finding) => finding.rule === rule);
  const told = findings.length > 0 ? findings.map(tellFinding) : tellChanges(changes).map(withoutRules);
  expect(told.length).toBeGreaterThan(0);
  return [...told, ...judged.approvers.map((approver) => `needs ${tellApprover(approver)}`)].join("\n");
}

function withoutRules(line: string): string {
  return line.replace(/ \([^)]*\)$/, "");
}
