import type { Credential, CredentialPlace, SweepReport, Unread } from "../../sweep/sweep-report.ts";
import { csvRow } from "../csv/csv-row.ts";
import { conclusion, headline, unreadLabel } from "./headline.ts";
import { type SweepFormatter, sweepRuleDocs } from "./sweep-format.ts";

const columns = [
  "kind",
  "severity",
  "rule",
  "credential",
  "state",
  "message",
  "place",
  "name",
  "service",
  "services",
  "edges",
  "value",
  "fix",
  "docs",
  "id",
] as const;

type Row = Readonly<Partial<Record<(typeof columns)[number], string>>>;

/**
 * A row for each place of each credential. Before them, one of kind `scope` that says whether all was read, and one of kind
 * `unread` for each read that failed: an empty table would look like a clean one.
 */
export const csv: SweepFormatter = (report) => {
  const rows: readonly Row[] = [
    scopeRow(report),
    ...report.unread.map(unreadRow),
    ...report.credentials.flatMap((credential) => credential.places.map((place) => placeRow(credential, place))),
  ];
  return [csvRow(columns), ...rows.map((row) => csvRow(columns.map((column) => row[column] ?? "")))]
    .map((line) => `${line}\r\n`)
    .join("");
};

function scopeRow(report: SweepReport): Row {
  return {
    kind: "scope",
    ...(report.complete ? {} : { severity: "error" }),
    message: `${headline(report)}; ${conclusion(report)}`,
  };
}

function unreadRow(unread: Unread): Row {
  const { source, reason } = unread;
  return { kind: "unread", severity: "error", message: `${unreadLabel(unread)}: ${reason}`, place: source };
}

function placeRow(credential: Credential, { file, line, column, name, service }: CredentialPlace): Row {
  return {
    kind: "place",
    severity: credential.severity,
    rule: credential.rule,
    credential: `${credential.number}`,
    state: credential.state,
    message: credential.kind,
    place: line === 0 ? file : `${file}:${line}:${column}`,
    name: name ?? "",
    service: service ?? "",
    services: credential.services.join(", "),
    edges: credential.edges
      .map(({ caller, callee, declared }) => `${caller} -> ${callee}${declared ? " (declared)" : ""}`)
      .join(", "),
    value: credential.masked,
    fix: credential.fix,
    docs: sweepRuleDocs(credential.rule),
    id: credential.id ?? "",
  };
}
