import type { Asked } from "../../ask/answers.ts";
import type { EdgeFact } from "../../ask/grid.ts";
import { csvRow } from "../csv/csv-row.ts";
import { describeUnread } from "../access/describe-unread.ts";
import { mainEdge } from "./asked-json.ts";

/** A table: its columns, and rows of whichever of them. */
export function askCsv<Column extends string>(
  columns: readonly Column[],
  rows: readonly Readonly<Partial<Record<Column, string>>>[],
): string {
  return [csvRow(columns), ...rows.map((row) => csvRow(columns.map((column) => row[column] ?? "")))]
    .map((line) => `${line}\r\n`)
    .join("");
}

/**
 * A row for each read that failed and bears on the answer, and for each level above the scope: an empty table would look
 * like a clean one.
 */
export function unreadRows({
  doubts,
  environment,
  live,
  sets,
}: Asked): readonly { readonly environment: string; readonly state: string; readonly ways: string }[] {
  return [
    ...doubts.map((entry) => ({ environment, state: "not read", ways: describeUnread(entry) })),
    ...sets.map((set) => ({ environment, state: "not read", ways: `members of ${set}` })),
    ...(live?.horizon ?? []).map(({ resource, read, reason }) => ({
      environment,
      state: `${read ? "read" : "not read"} above the scope`,
      ways: reason === null ? resource : `${resource}: ${reason}`,
    })),
  ];
}

export const edgeColumns = ["reason", "owner", "ticket", "expires", "reviewed", "place"] as const;

/** What tables of pairs begin with: who calls whom, how that stands, and what the matrix says of it. */
export const pairColumns = [
  "environment",
  "service",
  "caller",
  "principal",
  "state",
  "verdict",
  "distance",
  "path",
  ...edgeColumns,
] as const;

/** What the matrix says of a pair, for the columns of an edge. */
export function edgeCells(edges: readonly EdgeFact[]): Readonly<Partial<Record<(typeof edgeColumns)[number], string>>> {
  const edge = mainEdge(edges);
  if (edge === undefined) return {};
  const { reason, owner, ticket, expires, reviewed, span } = edge;
  return {
    reason: reason ?? "",
    owner: owner ?? "",
    ticket: ticket ?? "",
    expires: expires ?? "",
    reviewed: reviewed ?? "",
    place: `${span.file}:${span.line}:${span.column}`,
  };
}
