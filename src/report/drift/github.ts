import type { DriftFinding, DriftReport, UnreadEntry } from "../../drift/drift-report.ts";
import { annotationCommands, annotationPosition } from "../github/annotation.ts";
import { workflowCommand } from "../github/workflow-command.ts";
import { escapeTerminal } from "../terminal/escape-terminal.ts";
import { type Covered, completenessOf, coveredFindings } from "./completeness.ts";
import { describeAttribution } from "./describe-attribution.ts";
import { describePath } from "../access/describe-path.ts";
import { describeUnread, inDoubt } from "../access/describe-unread.ts";
import { type DriftFormatter, isOpen } from "./drift-format.ts";
import { foldWords } from "../../words/fold-words.ts";
import { conclusion, headline } from "./headline.ts";
import { notes } from "./notes.ts";
import { worstFirst } from "./order-findings.ts";

/** Annotations are short: of each list they hold the beginning. */
const SHOWN_PATHS = 3;
const folded = { verbose: false };

/**
 * Annotations in a workflow of GitHub Actions: what was not read first, since of many annotations GitHub shows ten.
 * Accepted and pending findings are counted only.
 */
export const github: DriftFormatter = (report) => {
  const covered = coveredFindings(report);
  const findings = worstFirst(report.findings).filter((finding) => isOpen(finding) && !covered.has(finding));
  const lines = [
    escapeTerminal(headline(report)),
    ...completenessOf(report).missing.map((entry) => unreadCommand(entry, report, covered)),
    ...findings.map((finding) =>
      workflowCommand(annotationCommands[finding.severity], position(finding, report), annotation(finding, report)),
    ),
    ...notes(report, folded).map(({ about, text }) => escapeTerminal(`${about}: ${text}`)),
    escapeTerminal(conclusion(report)),
  ];
  return lines.map((line) => `${line}\n`).join("");
};

function unreadCommand(entry: UnreadEntry, report: DriftReport, covered: Covered): string {
  const fix = covered.fixOf(entry);
  const data = [
    `${report.environment}: INCOMPLETE: not read: ${describeUnread(entry)}`,
    inDoubt(entry, folded),
    ...(fix === null ? [] : [`fix: ${fix}`]),
  ];
  return workflowCommand("error", { file: report.matrix, title: "not-readable" }, data.join("\n"));
}

function position({ span, rule }: DriftFinding, { matrix }: DriftReport): Readonly<Record<string, string | number>> {
  return { ...(span === null ? { file: matrix } : annotationPosition(span)), title: rule };
}

function annotation(finding: DriftFinding, { environment }: DriftReport): string {
  const { message, paths, services, fix } = finding;
  return [
    `${environment}: ${message}`,
    ...paths.slice(0, SHOWN_PATHS).map(describePath),
    ...describeAttribution(finding).slice(0, SHOWN_PATHS),
    ...(services.length < 2 ? [] : [`${services.length} services: ${foldWords(services, folded)}`]),
    ...(fix === null ? [] : [`fix: ${fix}`]),
  ].join("\n");
}
