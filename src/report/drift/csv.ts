import type { GrantMaker } from "../../drift/attribution.ts";
import type { DriftFinding, DriftReport, UnreadEntry } from "../../drift/drift-report.ts";
import { csvRow } from "../csv/csv-row.ts";
import { ruleDocs } from "../findings/rule-docs.ts";
import { completenessOf } from "./completeness.ts";
import { describePath } from "../access/describe-path.ts";
import { describeAttribution } from "./describe-attribution.ts";
import type { DriftFormatter } from "./drift-format.ts";
import { headline } from "./headline.ts";
import { worstFirst } from "./order-findings.ts";

const columns = [
  "kind",
  "severity",
  "rule",
  "message",
  "service",
  "services",
  "principal",
  "role",
  "resource",
  "paths",
  "fix",
  "confidence",
  "accepted",
  "pending",
  "criteria",
  "place",
  "docs",
  "fingerprint",
  "made by",
  "made at",
  "attribution",
] as const;

type Row = Readonly<Partial<Record<(typeof columns)[number], string>>>;

/**
 * A row for each finding. Before them, one of kind `scope` that says whether all was read, and one of kind `unread` for
 * each read that failed: an empty table would look like a clean one. After them, the levels above.
 */
export const csv: DriftFormatter = (report) => {
  const { isComplete, missing, accepted } = completenessOf(report);
  const rows: readonly Row[] = [
    { kind: "scope", ...(isComplete ? {} : { severity: "error" }), message: headline(report) },
    ...[...missing, ...accepted].map(unreadRow),
    ...worstFirst(report.findings).map(findingRow),
    ...report.horizon.map(horizonRow),
  ];
  return [csvRow(columns), ...rows.map((row) => csvRow(columns.map((column) => row[column] ?? "")))]
    .map((line) => `${line}\r\n`)
    .join("");
};

function unreadRow({ what, resource, status, reason, services, accepted }: UnreadEntry): Row {
  return {
    kind: "unread",
    severity: accepted === null ? "error" : "",
    message: `not read (${status}): ${what}${reason === "" ? "" : `: ${reason}`}`,
    services: services.join(", "),
    resource,
    accepted: accepted ?? "",
  };
}

function findingRow(finding: DriftFinding): Row {
  const { span } = finding;
  return {
    kind: "finding",
    severity: finding.severity,
    rule: finding.rule,
    message: finding.message,
    service: finding.service ?? "",
    services: finding.services.join(", "),
    principal: finding.principal ?? "",
    role: finding.role ?? "",
    resource: finding.resource ?? "",
    paths: finding.paths.map(describePath).join(" | "),
    fix: finding.fix ?? "",
    confidence: finding.confidence,
    accepted: finding.accepted ?? "",
    pending: finding.pending ? "pending" : "",
    criteria: finding.criteria.join(" "),
    place: span === null ? "" : `${span.file}:${span.line}:${span.column}`,
    docs: ruleDocs(finding.rule),
    fingerprint: finding.fingerprint,
    "made by": makersOf(finding, ({ principal }) => principal ?? ""),
    "made at": makersOf(finding, ({ at }) => at),
    attribution: describeAttribution(finding).join(" | "),
  };
}

function makersOf({ attribution }: DriftFinding, of: (maker: GrantMaker) => string): string {
  return [...new Set((attribution?.grants ?? []).flatMap(({ made }) => (made === null ? [] : of(made))))].join(", ");
}

function horizonRow({ resource, read, reason }: DriftReport["horizon"][number]): Row {
  return {
    kind: "horizon",
    message: `above the scope, ${read ? "read" : "not read"}${reason === null ? "" : `: ${reason}`}`,
    resource,
  };
}
