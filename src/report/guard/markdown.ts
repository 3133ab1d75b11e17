import type { GuardFinding, GuardReport } from "../../guard/guard-report.ts";
import { markdownTable } from "../markdown/markdown-table.ts";
import { markdownCode, markdownText } from "../markdown/markdown-text.ts";
import type { GuardFormatter } from "./guard-format.ts";
import { doubt, headline, notes } from "./headline.ts";

/** GitHub takes comments of 65,536 characters. Each finding is cut away whole. */
const MAX_FINDINGS = 40;

/** For a comment: the verdict, a table of what the plan would bring, and the rest folded. */
export const markdown: GuardFormatter = (report) => {
  const brought = report.findings.filter(({ already }) => !already);
  const standing = report.findings.filter(({ already }) => already);
  const lines = [
    `**${markdownText(headline(report))}**`,
    "",
    ...table(brought),
    ...fixes(brought),
    ...folded(`Already there, and left by this plan: ${standing.length}`, table(standing)),
    ...folded("How this was found", [...notes(report).map((note) => `- ${markdownText(shorten(note))}`), ""]),
  ];
  return lines.map((line) => `${line}\n`).join("");
};

function table(findings: readonly GuardFinding[]): readonly string[] {
  if (findings.length === 0) return [];
  const rows = findings
    .slice(0, MAX_FINDINGS)
    .map((each) => [
      each.severity,
      markdownCode(each.rule),
      `${markdownText(shorten(each.message))}${doubt(each)}`,
      markdownCode(shorten(each.address)),
      each.action,
    ]);
  return [
    ...markdownTable(["Severity", "Rule", "What the plan does", "By", "Action"], rows),
    "",
    ...(findings.length > MAX_FINDINGS ? [`and ${findings.length - MAX_FINDINGS} more`, ""] : []),
  ];
}

function fixes(findings: readonly GuardFinding[]): readonly string[] {
  const all = [...new Set(findings.slice(0, MAX_FINDINGS).flatMap(({ fix }) => fix ?? []))];
  return folded("What to do", [
    ...all.map((fix) => `- ${markdownText(shorten(fix))}`),
    ...(all.length === 0 ? [] : [""]),
  ]);
}

function folded(title: string, lines: readonly string[]): GuardReport["environments"] {
  return lines.length === 0 ? [] : [`<details><summary>${title}</summary>`, "", ...lines, "</details>", ""];
}

/** Half of what a row may take: names of a plan are as long as its author likes. */
function shorten(text: string): string {
  return text.length > 300 ? `${text.slice(0, 299)}…` : text;
}
