import type { OtherAccess, OwnerReview, ReviewedRow } from "../../access-review/review-report.ts";
import { rowName } from "../../access-review/review-rows.ts";
import { csvRow } from "../csv/csv-row.ts";
import { describeLive, describePast } from "./describe-row.ts";
import { headline } from "./headline.ts";
import type { ReviewFormatter } from "./review-format.ts";

const columns = [
  "kind",
  "owner",
  "what",
  "environments",
  "callers",
  "callees",
  "reason",
  "ticket",
  "reviewed",
  "state",
  "age",
  "expires",
  "changed",
  "live",
  "last authenticated",
  "file",
  "line",
  "row",
  "decision",
  "reviewer",
] as const;

type Cells = Readonly<Partial<Record<(typeof columns)[number], string>>>;

/** A row for each row and owner, after one of kind `scope`. The last two columns are for the reviewer to fill in. */
export const csv: ReviewFormatter = (report) => {
  const rows: readonly Cells[] = [
    { kind: "scope", what: headline(report), row: report.sha256, reason: report.history ?? "" },
    ...report.owners.flatMap((owner) => [
      ...owner.rows.map((row) => rowCells(row, owner)),
      ...owner.others.map((other) => otherCells(other, owner)),
    ]),
  ];
  return [csvRow(columns), ...rows.map((row) => csvRow(columns.map((column) => row[column] ?? "")))]
    .map((line) => `${line}\r\n`)
    .join("");
};

function rowCells(row: ReviewedRow, { owner }: OwnerReview): Cells {
  const unique = (names: readonly string[]): string => [...new Set(names)].join(", ");
  const isOne = (row.live ?? []).length === 1;
  return {
    kind: "row",
    owner: owner ?? "",
    what: row.key,
    environments: row.environments.join(", "),
    callers: unique(row.pairs.map(({ caller }) => caller)),
    callees: unique(row.pairs.map(({ callee }) => callee)),
    reason: row.reason,
    ticket: row.ticket ?? "",
    reviewed: row.reviewed ?? "",
    state: row.state,
    age: row.age === null ? "" : `${row.age}`,
    expires: row.expires ?? "",
    changed: row.past === null ? "" : describePast(row, row.past).join("; "),
    live: (row.live ?? [])
      .map((pair) => `${isOne ? "" : `${pair.caller} -> ${pair.callee}: `}${describeLive(pair)}`)
      .join("; "),
    "last authenticated": unique((row.live ?? []).flatMap(({ lastAuthenticated }) => lastAuthenticated ?? [])),
    file: row.span.file,
    line: `${row.span.line}`,
    row: rowName(row),
  };
}

function otherCells(
  { kind, what, environments, reason, expires, hasEnded }: OtherAccess,
  { owner }: OwnerReview,
): Cells {
  return {
    kind,
    owner: owner ?? "",
    what,
    environments: environments.join(", "),
    reason: reason ?? "",
    expires: expires ?? "",
    state: hasEnded ? "ended" : "",
  };
}
