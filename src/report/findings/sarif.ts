import { fingerprint } from "../../finding/fingerprint.ts";
import type { Finding } from "../../finding/finding.ts";
import { formatJson } from "../json/format-json.ts";
import { physicalLocation } from "../sarif/physical-location.ts";
import { sarifLevels } from "../sarif/sarif-level.ts";
import { sarifMessage } from "../sarif/sarif-message.ts";
import { sarifRule } from "../sarif/sarif-rule.ts";
import { environmentNote } from "./environment-note.ts";
import type { FindingReport, Formatter } from "./finding-report.ts";

/** SARIF 2.1.0, as GitHub's code scanning takes it. */
export const sarif: Formatter = (report) =>
  formatJson({
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "matrix", semanticVersion: report.version, rules: report.rules.map(sarifRule) } },
        columnKind: "utf16CodeUnits",
        results: report.findings.map((finding) => result(finding, report)),
        // How many findings are left out because they are not new.
        ...(report.since === undefined ? {} : { properties: { stoodBefore: report.since.stood.length } }),
      },
    ],
  });

function result(finding: Finding, report: FindingReport): object {
  const { rule, severity, message, help, span, related, acceptedBy } = finding;
  const ruleIndex = report.rules.findIndex(({ id }) => id === rule);
  return {
    ruleId: rule,
    ...(ruleIndex === -1 ? {} : { ruleIndex }),
    level: sarifLevels[severity],
    message: sarifMessage(
      `${message}${environmentNote(finding, report)}${help === undefined ? "" : `. Help: ${help}`}`,
    ),
    locations: [{ physicalLocation: physicalLocation(span) }],
    relatedLocations: related.map((place, id) => ({
      id,
      physicalLocation: physicalLocation(place.span),
      message: sarifMessage(place.message),
    })),
    ...(report.since === undefined ? {} : { baselineState: "new" }),
    partialFingerprints: { "matrixFinding/v1": fingerprint(finding) },
    // Present on all results or on none, says the standard: an empty list is one that was looked at and not accepted.
    suppressions:
      acceptedBy === undefined
        ? []
        : [{ kind: "external", status: "accepted", justification: `accepted by the exception ${acceptedBy}` }],
  };
}
