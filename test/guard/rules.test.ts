import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { guardRuleIdList } from "../../src/guard/guard-rule-ids.ts";
import { guardRules } from "../../src/guard/guard-rules.ts";
import { guardFormats } from "../../src/report/guard/formats.ts";
import { guardCases } from "./guard-cases.ts";
import { guarded, planOf } from "./guarded.ts";

const pathOf = (rule: string): string => fileURLToPath(new URL(`../../docs/rules/${rule}.md`, import.meta.url));
const options = {
  color: false,
  width: 80,
  quiet: false,
  verbose: false,
  failOn: "error",
  rules: Object.values(guardRules),
  version: "0.0.0",
} as const;

test.each(guardCases)("$rule: $what", ({ rule, changes, more }) => {
  const { findings, complete } = guarded(planOf(changes, more));
  expect(findings.map((each) => each.rule)).toContain(rule);
  expect(findings.filter(({ already }) => already)).toEqual([]);
  expect(complete).toBe(!rule.startsWith("plan-unknown-"));
});

test.each(guardCases)("$rule: $what: what stands already is told, and is not brought", ({ changes, more }) => {
  const standing = changes.map((each) => {
    const { change, ...rest } = each as {
      readonly change: { readonly after: object | null; readonly before: object | null };
    };
    const stands = change.after ?? change.before;
    return { ...rest, change: { ...change, actions: ["no-op"], before: stands, after: stands, after_unknown: {} } };
  });
  const { findings } = guarded(planOf(standing, more));
  // A role that nobody knows is not known after it was applied either, and is not this plan's doing.
  expect(findings.filter(({ already, severity }) => !already && severity !== "info").map(({ rule }) => rule)).toEqual(
    [],
  );
});

describe.each(guardRuleIdList)("the page of %s", (rule) => {
  const text = readFileSync(pathOf(rule), "utf8");

  test("shows the case and what guard says of it", async () => {
    const example = guardCases.find((each) => each.rule === rule);
    const written = guardFormats.text(guarded(planOf(example?.changes ?? [])), options);
    const told = written.split("\n\n").find((part) => part.includes(`[${rule}]`));
    const before = text.slice(0, text.indexOf("## Example\n"));
    await expect(
      `${before}## Example\n\`\`\`console\n$ matrix guard plan.json\n${told ?? ""}\n\`\`\`\n`,
    ).toMatchFileSnapshot(pathOf(rule));
  });

  test("has the shape of every page, says what the registry says, and is plain prose", () => {
    const { severity, summary } = guardRules[rule];
    const [, title, first, second, prose = ""] =
      /^# (.+)\n\n((?:.+\n)+)\n(Severity: .+)\n\n(## What\n[^#]+## Why\n[^#]+## Fix\n[^#]+)## Example\n/.exec(text) ??
      [];
    expect(title).toBe(rule);
    expect(first?.replaceAll("\n", " ").trim()).toBe(`${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`);
    expect(second).toBe(`Severity: ${severity}. Found by matrix guard.`);
    expect(prose).not.toContain("!");
    expect(prose.split("\n").filter((line) => line.length > 80)).toEqual([]);
    expect(prose).toMatch(/Source:/);
  });
});
