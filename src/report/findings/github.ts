import type { Finding } from "../../finding/finding.ts";
import { annotationCommands, annotationPosition } from "../github/annotation.ts";
import { workflowCommand } from "../github/workflow-command.ts";
import { paint } from "../terminal/paint.ts";
import { environmentNote } from "./environment-note.ts";
import type { FindingReport, Formatter } from "./finding-report.ts";
import { summaryLine } from "./summary-line.ts";

/** Annotations in a workflow of GitHub Actions. Accepted findings are counted only. */
export const github: Formatter = (report) => {
  const lines = report.findings
    .filter(({ acceptedBy }) => acceptedBy === undefined)
    .map((finding) =>
      workflowCommand(
        annotationCommands[finding.severity],
        { ...annotationPosition(finding.span), title: finding.rule },
        annotation(finding, report),
      ),
    );
  return [...lines, summaryLine(report, paint(false))].map((line) => `${line}\n`).join("");
};

/** The place is repeated: the log of a run shows nothing but this, and of ten annotations on it is all there is. */
function annotation(finding: Finding, report: FindingReport): string {
  const { message, help, span } = finding;
  return [
    message + environmentNote(finding, report),
    ...(help === undefined ? [] : [`help: ${help}`]),
    `at ${span.file}:${span.line}:${span.column}`,
  ].join("\n");
}
