import type { Finding } from "../../finding/finding.ts";
import type { Severity } from "../../finding/severity.ts";
import type { Span } from "../../matrix/text/source-text.ts";
import { workflowCommand } from "../github/workflow-command.ts";
import { paint } from "../terminal/paint.ts";
import { environmentNote } from "./environment-note.ts";
import type { FindingReport, Formatter } from "./finding-report.ts";
import { summaryLine } from "./summary-line.ts";

const commands = {
  error: "error",
  warning: "warning",
  info: "notice",
} as const satisfies Readonly<Record<Severity, string>>;

/** Annotations in a workflow of GitHub Actions. Accepted findings are counted only. */
export const github: Formatter = (report) => {
  const lines = report.findings
    .filter(({ acceptedBy }) => acceptedBy === undefined)
    .map((finding) =>
      workflowCommand(
        commands[finding.severity],
        { ...position(finding.span), title: finding.rule },
        annotation(finding, report),
      ),
    );
  return [...lines, summaryLine(report, paint(false))].map((line) => `${line}\n`).join("");
};

/** GitHub takes columns only of what stands on one line. */
function position({ file, line, column, endLine, endColumn }: Span): Readonly<Record<string, string | number>> {
  return endLine === line ? { file, line, col: column, endLine, endColumn } : { file, line, endLine };
}

/** The place is repeated: the log of a run shows nothing but this, and of ten annotations on it is all there is. */
function annotation(finding: Finding, report: FindingReport): string {
  const { message, help, span } = finding;
  return [
    message + environmentNote(finding, report),
    ...(help === undefined ? [] : [`help: ${help}`]),
    `at ${span.file}:${span.line}:${span.column}`,
  ].join("\n");
}
