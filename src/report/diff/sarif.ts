import type { Change, DiffFinding, DiffReport } from "../../diff/diff-report.ts";
import type { Span } from "../../matrix/text/source-text.ts";
import { ruleDocs } from "../findings/rule-docs.ts";
import { formatJson } from "../json/format-json.ts";
import { artifactUri } from "../sarif/artifact-uri.ts";
import { physicalLocation } from "../sarif/physical-location.ts";
import { sarifLevels } from "../sarif/sarif-level.ts";
import { sarifMessage } from "../sarif/sarif-message.ts";
import { sarifRule } from "../sarif/sarif-rule.ts";
import { describeWhere } from "./describe-change.ts";
import type { DiffFormatOptions, DiffFormatter } from "./diff-format.ts";
import { headFile, rootFile } from "./headline.ts";
import { environmentWords } from "./in-environments.ts";
import { broadeningFirst } from "./order-changes.ts";
import { pathWords } from "./path-words.ts";
import { sayPlain } from "./say.ts";
import { verdict } from "./verdict.ts";

/** Related places that a result has at most: code scanning shows a few. */
const MAX_RELATED = 20;

/** SARIF 2.1.0, as GitHub's code scanning takes it: a result for each finding, and for each change that broadens. */
export const sarif: DiffFormatter = (report, options) => {
  const byFingerprint = new Map(report.changes.map((change) => [change.fingerprint, change]));
  return formatJson({
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "matrix", semanticVersion: options.version, rules: options.rules.map(sarifRule) } },
        automationDetails: { id: `matrix diff/${artifactUri(rootFile(report) ?? "-")}/` },
        columnKind: "utf16CodeUnits",
        results: [
          ...report.findings.map((finding) => findingResult(finding, byFingerprint, report, options)),
          ...broadeningFirst(report.changes)
            .filter(({ impact }) => impact === "broadens")
            .map((change) => changeResult(change, report, options)),
        ],
        properties: {
          changed: report.changed,
          impact: report.impact,
          summary: verdict(report, sayPlain).join("; "),
          base: report.base.name,
          head: report.head.name,
          asOf: report.asOf,
        },
      },
    ],
  });
};

function findingResult(
  finding: DiffFinding,
  byFingerprint: ReadonlyMap<string, Change>,
  report: DiffReport,
  options: DiffFormatOptions,
): object {
  const { rule, severity, message, help, environments, path, span, changes } = finding;
  const where = environmentWords(environments, report, sayPlain);
  const related = changes.flatMap((fingerprint) => {
    const change = byFingerprint.get(fingerprint);
    return change?.span == null ? [] : [{ span: change.span, message: sentenceOf(change, report) }];
  });
  return {
    ...ruleOf(rule, options),
    level: sarifLevels[severity],
    message: sarifMessage(
      `${message}${path.length === 0 ? "" : `: ${pathWords(path, sayPlain, { verbose: false })}`}${where === "" ? "" : ` (${where})`}${help === null ? "" : `. Help: ${help}`}`,
    ),
    locations: [locationOf(span, report)],
    relatedLocations: related.slice(0, MAX_RELATED).map((each, id) => ({
      id,
      physicalLocation: physicalLocation(each.span),
      message: sarifMessage(each.message),
    })),
    partialFingerprints: { "matrixDiff/v1": finding.fingerprint },
    properties: { environments, subject: finding.subject, path, changes, docs: ruleDocs(rule) },
  };
}

function changeResult(change: Change, report: DiffReport, options: DiffFormatOptions): object {
  const { rules, environments, subject, fingerprint, kind } = change;
  // Whatever broadens has the rule that says why.
  const rule = rules[0] ?? "caller-gained";
  return {
    ...ruleOf(rule, options),
    level: sarifLevels[options.rules.find(({ id }) => id === rule)?.severity ?? "warning"],
    message: sarifMessage(sentenceOf(change, report)),
    locations: [locationOf(change.span, report)],
    relatedLocations: [],
    partialFingerprints: { "matrixDiff/v1": fingerprint },
    properties: { environments, subject, kind, impact: change.impact, docs: ruleDocs(rule) },
  };
}

function ruleOf(rule: string, { rules }: DiffFormatOptions): object {
  const ruleIndex = rules.findIndex(({ id }) => id === rule);
  return { ruleId: rule, ...(ruleIndex === -1 ? {} : { ruleIndex }) };
}

function sentenceOf(change: Change, report: DiffReport): string {
  return describeWhere(change, change.environments, report, sayPlain);
}

/** Code scanning takes no result without a place: what the later version does not hold belongs to its first line. */
function locationOf(span: Span | null, report: DiffReport): object {
  const file = headFile(report) ?? "-";
  return { physicalLocation: physicalLocation(span ?? { file, line: 1, column: 1, endLine: 1, endColumn: 1 }) };
}
