import { fingerprint } from "../../finding/fingerprint.ts";
import type { Finding } from "../../finding/finding.ts";
import type { Severity } from "../../finding/severity.ts";
import type { Span } from "../../matrix/text/source-text.ts";
import { formatJson } from "../json/format-json.ts";
import { artifactUri } from "../sarif/artifact-uri.ts";
import { sarifMessage } from "../sarif/sarif-message.ts";
import { environmentNote } from "./environment-note.ts";
import type { FindingReport, Formatter, ReportedRule } from "./finding-report.ts";
import { ruleDocs } from "./rule-docs.ts";

const levels = { error: "error", warning: "warning", info: "note" } as const satisfies Readonly<
  Record<Severity, string>
>;

/** SARIF 2.1.0, as GitHub's code scanning takes it. */
export const sarif: Formatter = (report) =>
  formatJson({
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "matrix", semanticVersion: report.version, rules: report.rules.map(descriptor) } },
        columnKind: "utf16CodeUnits",
        results: report.findings.map((finding) => result(finding, report)),
      },
    ],
  });

function descriptor({ id, summary, severity }: ReportedRule): object {
  return {
    id,
    shortDescription: { text: summary },
    fullDescription: { text: summary },
    help: { text: `matrix explain ${id} says more, and so does ${ruleDocs(id)}` },
    defaultConfiguration: { level: levels[severity] },
  };
}

function result(finding: Finding, report: FindingReport): object {
  const { rule, severity, message, help, span, related, acceptedBy } = finding;
  const ruleIndex = report.rules.findIndex(({ id }) => id === rule);
  return {
    ruleId: rule,
    ...(ruleIndex === -1 ? {} : { ruleIndex }),
    level: levels[severity],
    message: sarifMessage(
      `${message}${environmentNote(finding, report)}${help === undefined ? "" : `. Help: ${help}`}`,
    ),
    locations: [{ physicalLocation: physicalLocation(span) }],
    relatedLocations: related.map((place, id) => ({
      id,
      physicalLocation: physicalLocation(place.span),
      message: sarifMessage(place.message),
    })),
    partialFingerprints: { "matrixFinding/v1": fingerprint(finding) },
    // Present on all results or on none, says the standard: an empty list is one that was looked at and not accepted.
    suppressions:
      acceptedBy === undefined
        ? []
        : [{ kind: "external", status: "accepted", justification: `accepted by the exception ${acceptedBy}` }],
  };
}

function physicalLocation({ file, line, column, endLine, endColumn }: Span): object {
  return {
    artifactLocation: { uri: artifactUri(file), uriBaseId: "%SRCROOT%" },
    region: { startLine: line, startColumn: column, endLine, endColumn },
  };
}
