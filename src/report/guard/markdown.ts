import type { GuardFinding } from "../../guard/guard-report.ts";
import { clipEncoded } from "../clip.ts";
import { type Block, fitBlocks } from "../markdown/fit-blocks.ts";
import { fixedBlock, hiddenBlock, leftOut, type Rows, tableBlock } from "../markdown/markdown-blocks.ts";
import { markdownCode, markdownText } from "../markdown/markdown-text.ts";
import type { GuardFormatter } from "./guard-format.ts";
import { doubt, headline, notes } from "./headline.ts";

/** GitHub takes 65,536 characters in a comment; what the caller puts around it fits too. */
const MAX_BYTES = 65_000;

const ALL = "matrix guard";
const header = ["Severity", "Rule", "What the plan does", "By", "Action"];

/** For a comment: the verdict, a table of what the plan would bring, and the rest folded. Whole rows are left out. */
export const markdown: GuardFormatter = (report) => {
  const brought = report.findings.filter(({ already }) => !already);
  const standing = report.findings.filter(({ already }) => already);
  const blocks = [
    fixedBlock([`**${fit(headline(report), markdownText, { length: 600, bytes: 3000 })}**`, ""]),
    ...tableBlock(null, header, rowsOf(brought), "finding", ALL),
    ...listBlock("What to do", [...new Set(brought.flatMap(({ fix }) => fix ?? []))], "fix"),
    ...hiddenBlock(
      `Already there, and left by this plan: ${standing.length}`,
      header,
      rowsOf(standing),
      "finding there already",
      ALL,
    ),
    ...listBlock("How this was found", notes(report), "note"),
  ];
  return fitBlocks(blocks, MAX_BYTES)
    .map((line) => `${line}\n`)
    .join("");
};

function rowsOf(findings: readonly GuardFinding[]): Rows {
  return findings.map((each) => () => [
    each.severity,
    markdownCode(each.rule),
    `${fit(each.message, markdownText)}${doubt(each)}`,
    fit(each.address, markdownCode),
    each.action,
  ]);
}

/** A list that is folded away; none where it has no lines. */
function listBlock(title: string, lines: readonly string[], noun: string): readonly Block[] {
  if (lines.length === 0) return [];
  return [
    {
      before: [`<details><summary>${title}</summary>`, ""],
      rows: lines.map((line) => () => `- ${fit(line, markdownText)}`),
      after: ["", "</details>", ""],
      left: leftOut(noun, ALL),
    },
  ];
}

/** Names of a plan are as long as its author likes, and as long again where they are escaped. */
function fit(text: string, encode: (text: string) => string, most = { length: 300, bytes: 1500 }): string {
  return clipEncoded(text, encode, most);
}
