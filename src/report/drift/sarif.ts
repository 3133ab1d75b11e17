import type { DriftFinding, DriftReport, UnreadEntry } from "../../drift/drift-report.ts";
import { ruleDocs } from "../findings/rule-docs.ts";
import { formatJson } from "../json/format-json.ts";
import { artifactUri } from "../sarif/artifact-uri.ts";
import { physicalLocation } from "../sarif/physical-location.ts";
import { sarifLevels } from "../sarif/sarif-level.ts";
import { sarifMessage } from "../sarif/sarif-message.ts";
import { sarifRule } from "../sarif/sarif-rule.ts";
import { completenessOf } from "./completeness.ts";
import { describeAttribution } from "./describe-attribution.ts";
import { describePath } from "../access/describe-path.ts";
import { describeUnread, inDoubt } from "../access/describe-unread.ts";
import type { DriftFormatOptions, DriftFormatter } from "./drift-format.ts";
import { headline } from "./headline.ts";
import { worstFirst } from "./order-findings.ts";

/** SARIF 2.1.0, as GitHub's code scanning takes it. Reads that failed are notifications of a run that did not succeed. */
export const sarif: DriftFormatter = (report, options) =>
  formatJson({
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "matrix", semanticVersion: options.version, rules: options.rules.map(sarifRule) } },
        automationDetails: { id: `matrix drift/${artifactUri(report.environment)}/` },
        invocations: [invocation(report)],
        columnKind: "utf16CodeUnits",
        results: worstFirst(report.findings).map((finding) => result(finding, report, options)),
        properties: {
          environment: report.environment,
          asOf: report.asOf,
          complete: completenessOf(report).isComplete,
          summary: headline(report),
          snapshot: report.snapshot.sha256,
        },
      },
    ],
  });

function invocation(report: DriftReport): object {
  const { isComplete, missing, accepted } = completenessOf(report);
  const above = report.horizon.map(({ resource, read, reason }) =>
    read
      ? `${resource}, above the scope, was read`
      : `${resource}, above the scope, was not read${reason === null ? "" : `: ${reason}`}`,
  );
  return {
    executionSuccessful: isComplete,
    toolExecutionNotifications: [
      ...missing.map((entry) => unreadNotification(entry, "error")),
      ...accepted.map((entry) => unreadNotification(entry, "note")),
      ...above.map((text) => ({ level: "note", message: sarifMessage(text) })),
    ],
  };
}

function unreadNotification(entry: UnreadEntry, level: "error" | "note"): object {
  const by = entry.accepted === null ? "" : ` (accepted by the exception ${entry.accepted})`;
  const text = `not read: ${describeUnread(entry)}; ${inDoubt(entry, { verbose: true })}${by}`;
  return { level, message: sarifMessage(text), associatedRule: { id: "not-readable" } };
}

function result(finding: DriftFinding, report: DriftReport, { rules }: DriftFormatOptions): object {
  const { rule, severity, message, fix, span, fingerprint } = finding;
  const ruleIndex = rules.findIndex(({ id }) => id === rule);
  return {
    ruleId: rule,
    ...(ruleIndex === -1 ? {} : { ruleIndex }),
    level: sarifLevels[severity],
    message: sarifMessage(`${report.environment}: ${message}${fix === null ? "" : `. Fix: ${fix}`}`),
    // Code scanning takes no result without a place: what the matrix says nothing about belongs to its first line.
    locations: [{ physicalLocation: physicalLocation(span ?? firstLine(report.matrix)) }],
    partialFingerprints: { "matrixDrift/v1": fingerprint },
    suppressions: suppressions(finding),
    properties: {
      confidence: finding.confidence,
      principal: finding.principal,
      role: finding.role,
      resource: finding.resource,
      services: finding.services,
      paths: finding.paths.map(describePath),
      criteria: finding.criteria,
      ...(finding.attribution === null ? {} : { attribution: describeAttribution(finding) }),
      pending: finding.pending,
      docs: ruleDocs(rule),
    },
  };
}

function firstLine(file: string) {
  return { file, line: 1, column: 1, endLine: 1, endColumn: 1 };
}

/** Present on all results or on none, says the standard: an empty list is one that was looked at and not accepted. */
function suppressions({ accepted, pending }: DriftFinding): readonly object[] {
  if (accepted !== null) {
    return [{ kind: "external", status: "accepted", justification: `accepted by the exception ${accepted}` }];
  }
  return pending
    ? [{ kind: "external", status: "underReview", justification: "a change that has not arrived explains it" }]
    : [];
}
