import type { Finding } from "../../finding/finding.ts";
import { escapeTerminal } from "../terminal/escape-terminal.ts";
import { paint as painter } from "../terminal/paint.ts";
import { environmentNote } from "./environment-note.ts";
import { type FindingReport, type Formatter, type FormatOptions, isFailure } from "./finding-report.ts";
import { summaryLine } from "./summary-line.ts";
import { textFinding, textLabel, textPlace } from "./text-finding.ts";

/** Below this, a frame shows too little of its line to help. */
const MIN_WIDTH = 50;

/** For people: each finding with the lines that it is about. */
export const text: Formatter = (report, options) => {
  const lines = options.quiet
    ? quietLines(report, options)
    : [...findingLines(report, options), ...endLines(report, options)];
  return lines.map((line) => `${line}\n`).join("");
};

function quietLines(report: FindingReport, { color }: FormatOptions): readonly string[] {
  return report.findings
    .filter((finding) => isFailure(finding, report))
    .map(
      (finding) => `${textPlace(finding.span)}: ${textLabel(finding, painter(color))}: ${sentence(finding, report)}`,
    );
}

function findingLines(report: FindingReport, { color, width }: FormatOptions): readonly string[] {
  const shown = report.findings.filter(({ acceptedBy }) => acceptedBy === undefined);
  const places = shown.flatMap((finding) => [finding, ...finding.related]);
  const lastLine = places.reduce((last, { span }) => Math.max(last, span.line), 1);
  const look = { paint: painter(color), width: Math.max(MIN_WIDTH, width), gutter: String(lastLine).length };
  return shown.flatMap((finding) => [...textFinding(finding, environmentNote(finding, report), look), ""]);
}

function endLines(report: FindingReport, { color, verbose }: FormatOptions): readonly string[] {
  const paint = painter(color);
  const accepted = report.findings.flatMap((finding) => {
    const { acceptedBy, rule, span } = finding;
    if (acceptedBy === undefined || !verbose) return [];
    const label = paint("faint", `accepted[${escapeTerminal(rule)}]`);
    return [
      `${label} by ${escapeTerminal(acceptedBy)}: ${sentence(finding, report)} ${paint("faint", `--> ${textPlace(span)}`)}`,
    ];
  });
  const stood = (verbose ? (report.since?.stood ?? []) : []).map((finding) => {
    const label = paint("faint", `stood[${escapeTerminal(finding.rule)}]`);
    const by = finding.acceptedBy === undefined ? "" : ` accepted by ${escapeTerminal(finding.acceptedBy)}`;
    return `${label}${by}: ${sentence(finding, report)} ${paint("faint", `--> ${textPlace(finding.span)}`)}`;
  });
  const told = [...accepted, ...stood];
  return [...told, ...(told.length === 0 ? [] : [""]), summaryLine(report, paint)];
}

function sentence(finding: Finding, report: FindingReport): string {
  return escapeTerminal(finding.message + environmentNote(finding, report));
}
