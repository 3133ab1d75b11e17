import type { DiffFinding, DiffReport } from "../../diff/diff-report.ts";
import { count, enumerateWords } from "../../words/enumerate-words.ts";
import { foldWords } from "../../words/fold-words.ts";
import { approvalReasonWords, approverNames } from "./approval.ts";
import type { DiffFormatter } from "./diff-format.ts";
import { type Block, fitBlocks } from "../markdown/fit-blocks.ts";
import { foldFindings } from "./fold-findings.ts";
import { foldList } from "./fold-list.ts";
import { graphOf } from "./graph-of.ts";
import { graveOf, othersOf } from "./grave-findings.ts";
import { absentSides, conclusion } from "./headline.ts";
import { environmentWords } from "./in-environments.ts";
import { changeBlocks } from "./markdown-changes.ts";
import { reachBlocks } from "./markdown-reach.ts";
import { fixedBlock, hiddenBlock, tableBlock } from "../markdown/markdown-blocks.ts";
import { pathWords } from "./path-words.ts";
import { sayMarkdown as say } from "./say.ts";
import { tellTogether } from "./tell-together.ts";
import { verdict } from "./verdict.ts";

/** GitHub takes 65,536 characters in a comment; GitLab a million bytes. What the caller puts around it fits too. */
const MAX_BYTES = 65_000;

/** Findings that stand open; the others can be unfolded. */
const SHOWN_FINDINGS = 15;

/** For a comment on a pull request: what it means in one sentence, what changed, what follows, who must approve. */
export const markdown: DiffFormatter = (judged) => {
  if (!judged.changed) return "";
  const report = tellTogether(judged);
  const blocks = [
    fixedBlock([`**${verdict(report, say).join("; ")}**`, ""]),
    ...findingBlocks("### What is wrong with it", graveOf(report)),
    ...changeBlocks(report),
    ...findingBlocks("### What it means", othersOf(report)),
    ...reachBlocks(report),
    ...graphBlocks(report),
    ...approverBlocks(report),
    fixedBlock([...absentSides(report, say).flatMap((note) => [note, ""]), conclusion(report, say)]),
  ];
  return fitBlocks(blocks, MAX_BYTES)
    .map((line) => `${line}\n`)
    .join("");
};

function findingBlocks(heading: string, report: DiffReport): readonly Block[] {
  const findings = foldFindings(report, { verbose: false });
  const columns = ["Severity", "Rule", "What it means", "Path"];
  // A column that nothing stands in takes the room of the others.
  const header = findings.some(({ path }) => path.length > 0) ? columns : columns.slice(0, -1);
  const rows = findings.map((finding) => () => findingRow(finding, report).slice(0, header.length));
  const [shown, left] = foldList(rows, SHOWN_FINDINGS, { verbose: false });
  return [
    ...tableBlock(heading, header, shown, "finding"),
    ...hiddenBlock(count(left, "more finding"), header, rows.slice(shown.length), "finding"),
  ];
}

function findingRow(finding: DiffFinding, report: DiffReport): readonly string[] {
  const { severity, rule, message, environments, path, help } = finding;
  const where = environmentWords(environments, report, say);
  return [
    severity,
    say.name(rule),
    `${say.prose(message)}${where === "" ? "" : ` (${where})`}${help === null ? "" : `<br>${say.prose(help)}`}`,
    pathWords(path, say, { verbose: false }),
  ];
}

function graphBlocks(report: DiffReport): readonly Block[] {
  const graph = graphOf(report);
  if (graph === undefined) return [];
  const left = graph.left === 0 ? "" : ` ${count(graph.left, "more edge")} that changed did not fit.`;
  return [
    fixedBlock([
      `Thick arrows with (+) are new, dotted ones with (−) are gone, thin ones stay.${left}`,
      "",
      "```mermaid",
      ...graph.lines,
      "```",
      "",
    ]),
  ];
}

function approverBlocks({ approvers }: DiffReport): readonly Block[] {
  const rows = approvers.map((approver) => () => [
    foldWords(approverNames(approver, say), { verbose: false }),
    approver.owner === null ? "" : say.name(approver.owner),
    enumerateWords(approvalReasonWords(approver), "and"),
    String(approver.changes.length),
  ]);
  return tableBlock("### Who must approve", ["Who", "Owner", "Why", "Changes"], rows, "owner");
}
