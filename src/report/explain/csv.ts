import type { ExplainReport } from "../../ask/explain/explain-report.ts";
import { csvRow } from "../csv/csv-row.ts";
import { outsideLine } from "../access/outside-line.ts";
import { describePath } from "../access/describe-path.ts";
import { describeSince } from "./describe-since.ts";
import type { ExplainFormatter } from "./explain-format.ts";
import { headline } from "./headline.ts";

const columns = [
  "environment",
  "kind",
  "name",
  "verdict",
  "message",
  "region",
  "reason",
  "owner",
  "ticket",
  "expires",
  "reviewed",
  "since",
  "place",
  "fix",
  "statuses",
] as const;

type Row = Readonly<Partial<Record<(typeof columns)[number], string>>>;

/** A row for the answer; then one for how a caller from outside becomes its account, and for each edge, live path, cause, and thing that was not read or looked at. */
export const csv: ExplainFormatter = (report) => {
  const { answer, outside, edges, paths, causes, unchecked, unread } = report;
  const rows: readonly Row[] = [
    {
      kind: "answer",
      name: `${report.caller.name} -> ${report.callee.name}`,
      verdict: answer,
      message: headline(report),
    },
    ...outsideRows(outside),
    ...edges.map((edge): Row => ({
      kind: "edge",
      name: edge.key,
      verdict: edge.holds === "yes" ? "holds" : edge.holds,
      reason: edge.reason ?? "",
      owner: edge.owner ?? "",
      ticket: edge.ticket ?? "",
      expires: edge.expires ?? "",
      reviewed: edge.reviewed ?? "",
      since: edge.since === null ? "" : describeSince(edge.since),
      place: `${edge.span.file}:${edge.span.line}:${edge.span.column}`,
    })),
    ...paths.map((path): Row => ({
      kind: "path",
      name: path.principal,
      verdict: path.verdict,
      message: `${describePath(path)}; ${path.standing}`,
      region: path.region,
      place: path.resource,
    })),
    ...causes.map(({ id, likelihood, title, evidence, fix, statuses }): Row => ({
      kind: "cause",
      name: id,
      verdict: likelihood,
      message: `${title}: ${evidence.join(" | ")}`,
      fix,
      statuses: statuses.join(" "),
    })),
    ...unchecked.map(({ id, title }): Row => ({ kind: "unchecked", name: id, message: title })),
    ...unread.map(({ what, resource, status, reason }): Row => ({
      kind: "unread",
      name: what,
      verdict: status,
      message: reason,
      place: resource,
    })),
  ];
  return [
    csvRow(columns),
    ...rows.map((row) => csvRow(columns.map((column) => ({ environment: report.environment, ...row })[column] ?? ""))),
  ]
    .map((line) => `${line}\r\n`)
    .join("");
};

function outsideRows(outside: ExplainReport["outside"]): readonly Row[] {
  if (outside === null) return [];
  const { member, workload, answer } = outside;
  return [{ kind: "outside", name: member ?? workload, verdict: answer ?? "", message: outsideLine(outside) }];
}
