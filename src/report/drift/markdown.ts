import type { DriftFinding, DriftReport } from "../../drift/drift-report.ts";
import { count } from "../../words/enumerate-words.ts";
import { markdownTable } from "../markdown/markdown-table.ts";
import { markdownCode, markdownText } from "../markdown/markdown-text.ts";
import { completenessOf, coveredFindings } from "./completeness.ts";
import { describePath } from "../access/describe-path.ts";
import { describeAttribution } from "./describe-attribution.ts";
import { describeUnread, inDoubt } from "../access/describe-unread.ts";
import { type DriftFormatOptions, type DriftFormatter, isOpen } from "./drift-format.ts";
import { foldWords } from "../../words/fold-words.ts";
import { conclusion, headline } from "./headline.ts";
import { markdownAccess } from "./markdown-access.ts";
import { notes } from "./notes.ts";
import { worstFirst } from "./order-findings.ts";

/** For a pull request, or for the binder of an audit: there `-v` adds the whole truth table. */
export const markdown: DriftFormatter = (report, options) => {
  const covered = coveredFindings(report);
  const shown = worstFirst(report.findings).filter((finding) => !covered.has(finding));
  const lines = [
    `# Drift of ${markdownText(report.environment)}`,
    "",
    `**${markdownText(headline(report))}**`,
    "",
    ...unreadSection(report, options),
    ...findingsSection(shown.filter(isOpen), options),
    ...acceptedSection(report, shown),
    ...(options.verbose ? markdownAccess(report) : []),
    "## How this was found",
    "",
    ...notes(report, options).map(({ about, text }) => `- ${about}: ${markdownText(text)}`),
    "",
    `**${markdownText(conclusion(report))}**`,
  ];
  return lines.map((line) => `${line}\n`).join("");
};

function unreadSection(report: DriftReport, options: DriftFormatOptions): readonly string[] {
  const { missing } = completenessOf(report);
  if (missing.length === 0) return [];
  const covered = coveredFindings(report);
  const rows = missing.map((entry) => [
    markdownText(entry.what),
    markdownCode(entry.resource),
    markdownText(`${entry.status}${entry.reason === "" ? "" : `: ${entry.reason}`}`),
    markdownText(inDoubt(entry, options)),
    markdownCode(covered.fixOf(entry) ?? ""),
  ]);
  return ["## Not read", "", ...markdownTable(["What", "Of", "Why", "What hangs on it", "Fix"], rows), ""];
}

function findingsSection(findings: readonly DriftFinding[], options: DriftFormatOptions): readonly string[] {
  if (findings.length === 0) return [];
  const rows = findings.map(({ severity, rule, message, confidence, criteria }, i) => [
    String(i + 1),
    severity,
    markdownCode(rule),
    `${markdownText(message)}${confidence === "certain" ? "" : ` (${confidence})`}`,
    markdownText(criteria.join(" ")),
  ]);
  return [
    "## Findings",
    "",
    ...markdownTable(["#", "Severity", "Rule", "Finding", "Criteria"], rows),
    "",
    ...findings.flatMap((finding, i) => details(finding, i + 1, options)),
  ];
}

/** By which paths, which services, what to do: what no table has room for. */
function details(finding: DriftFinding, number: number, options: DriftFormatOptions): readonly string[] {
  const { rule, paths, services, fix, span } = finding;
  const points = [
    ...paths.map((path) => `- Path: ${markdownText(describePath(path))}`),
    ...describeAttribution(finding).map((each) => `- Who: ${markdownText(each)}`),
    ...(services.length < 2
      ? []
      : [`- ${count(services.length, "service")}: ${markdownText(foldWords(services, options))}`]),
    ...(span === null ? [] : [`- In the matrix: ${markdownCode(`${span.file}:${span.line}:${span.column}`)}`]),
    ...(fix === null ? [] : [`- Fix: ${markdownCode(fix)}`]),
  ];
  return points.length === 0 ? [] : [`### ${number}. ${markdownCode(rule)}`, "", ...points, ""];
}

function acceptedSection(report: DriftReport, shown: readonly DriftFinding[]): readonly string[] {
  const rows = [
    ...completenessOf(report).accepted.map((entry) => [
      `accepted by ${markdownText(entry.accepted ?? "")}`,
      markdownCode("not-readable"),
      markdownText(`not read: ${describeUnread(entry)}`),
    ]),
    ...shown
      .filter((finding) => !isOpen(finding))
      .map(({ accepted, rule, message }) => [
        accepted === null ? "pending" : `accepted by ${markdownText(accepted)}`,
        markdownCode(rule),
        markdownText(message),
      ]),
  ];
  if (rows.length === 0) return [];
  return ["## Accepted and pending", "", ...markdownTable(["State", "Rule", "Finding"], rows), ""];
}
