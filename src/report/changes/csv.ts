import type { AccessChange, OtherChange, SettingChange } from "../../audit/changes-report.ts";
import { csvRow } from "../csv/csv-row.ts";
import type { ChangesFormatter } from "./changes-format.ts";
import { expirySentence, headline, isLeft, otherSentence, sentence, settingSentence } from "./describe-change.ts";

const columns = [
  "kind",
  "at",
  "what",
  "against",
  "standing",
  "resource",
  "service",
  "role",
  "member",
  "condition",
  "who",
  "delegation",
  "applier",
  "client",
  "method",
  "insertId",
  "logName",
  "declaredBy",
  "commit",
  "sure",
] as const;

type Row = Readonly<Partial<Record<(typeof columns)[number], string>>>;

/**
 * A row for each change. Before them, one of kind `scope` with the verdict, and one of kind `gap` for each of them: an
 * empty table would look like a quiet period.
 */
export const csv: ChangesFormatter = (report) => {
  const rows: readonly Row[] = [
    { kind: "scope", what: headline(report), against: report.summary.against > 0 ? "yes" : "no" },
    ...report.gaps.map(({ kind, resource, from, message }): Row => ({
      kind: "gap",
      at: from ?? "",
      what: `${kind}: ${message}`,
      resource: resource ?? "",
    })),
    ...report.changes.map((each): Row => ({
      ...told(each),
      kind: each.change,
      what: sentence(each),
      against: each.against ? "yes" : "no",
      standing: each.standing,
      service: each.service ?? "",
      role: each.role,
      member: each.member,
      condition: each.condition ?? "",
      declaredBy: each.declaredBy ?? "",
      commit: each.commit?.id ?? "",
      sure: each.sure ? "yes" : "no",
    })),
    ...report.settings.map((each): Row => ({
      ...told(each),
      kind: "setting",
      what: settingSentence(each),
      against: each.against ? "yes" : "no",
      standing: each.standing,
      service: each.service ?? "",
      declaredBy: each.declared ?? "",
      commit: each.commit?.id ?? "",
      sure: each.sure ? "yes" : "no",
    })),
    ...report.others.map((each): Row => ({ ...told(each), kind: "other", what: otherSentence(each) })),
    ...report.expiries.map((each): Row => ({
      kind: "expired",
      at: each.goneAt ?? "",
      what: expirySentence(each),
      against: isLeft(each.outcome) ? "yes" : "no",
      standing: each.outcome,
      resource: each.resource,
      member: each.member,
      declaredBy: each.edge,
      who: each.who?.principal ?? "",
      insertId: each.entry?.insertId ?? "",
    })),
  ];
  return [csvRow(columns), ...rows.map((row) => csvRow(columns.map((column) => row[column] ?? "")))]
    .map((line) => `${line}\r\n`)
    .join("");
};

function told({ at, resource, who, method, entry }: AccessChange | OtherChange | SettingChange): Row {
  return {
    at,
    resource,
    who: who.principal ?? "",
    delegation: who.delegation.join(", "),
    applier: who.isApplier ? "yes" : "no",
    client: who.userAgent ?? "",
    method,
    insertId: entry.insertId,
    logName: entry.logName,
  };
}
