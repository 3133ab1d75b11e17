import type { GuardFinding, GuardReport } from "../../guard/guard-report.ts";
import { ruleDocs } from "../findings/rule-docs.ts";
import { formatJson } from "../json/format-json.ts";
import { physicalLocation } from "../sarif/physical-location.ts";
import { sarifLevels } from "../sarif/sarif-level.ts";
import { sarifMessage } from "../sarif/sarif-message.ts";
import { sarifRule } from "../sarif/sarif-rule.ts";
import type { GuardFormatOptions, GuardFormatter } from "./guard-format.ts";
import { headline } from "./headline.ts";

/** SARIF 2.1.0, as GitHub's code scanning takes it. What stands already is accepted: the plan does not bring it. */
export const sarif: GuardFormatter = (report, options) =>
  formatJson({
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "matrix", semanticVersion: options.version, rules: options.rules.map(sarifRule) } },
        automationDetails: { id: "matrix guard/" },
        invocations: [{ executionSuccessful: report.complete }],
        columnKind: "utf16CodeUnits",
        results: report.findings.map((each) => result(each, report, options)),
        properties: { complete: report.complete, summary: headline(report) },
      },
    ],
  });

function result(each: GuardFinding, { matrix }: GuardReport, { rules }: GuardFormatOptions): object {
  const { rule, severity, address, action, message, fix, span, fingerprint, already } = each;
  return {
    ruleId: rule,
    ruleIndex: rules.findIndex(({ id }) => id === rule),
    level: sarifLevels[severity],
    message: sarifMessage(`${address} (${action}): ${message}${fix === null ? "" : `. Fix: ${fix}`}`),
    // Code scanning takes no result without a place, and a plan has none: what the matrix says nothing of is on its first line.
    locations: [
      { physicalLocation: physicalLocation(span ?? { file: matrix, line: 1, column: 1, endLine: 1, endColumn: 1 }) },
    ],
    partialFingerprints: { "matrixGuard/v1": fingerprint },
    suppressions: already
      ? [{ kind: "external", status: "accepted", justification: "it stands before this plan" }]
      : [],
    properties: {
      certainty: each.certainty,
      principal: each.principal,
      role: each.role,
      resource: each.resource,
      names: each.names,
      docs: ruleDocs(rule),
    },
  };
}
