import { isDataList, isDataMap } from "../matrix/edit/equal-data.ts";
import type { Data } from "../matrix/text/parsed-file.ts";
import type { ReviewRow } from "./review-rows.ts";

/** What signing some rows comes to. */
export interface SignPlan {
  /** Rows that get the date. */
  readonly signed: readonly ReviewRow[];
  /** Rows that have it, or a later one. */
  readonly kept: readonly ReviewRow[];
}

/** Which rows get a date. A later one stands, for a review is not undone; one that has not come was none. */
export function planSign(rows: readonly ReviewRow[], date: string, today: string): SignPlan {
  // Dates of one form are in order as text; a timestamp is of the day that it starts with.
  const has = ({ reviewed }: ReviewRow): boolean => {
    const day = reviewed?.slice(0, 10);
    return day !== undefined && day >= date && day <= today;
  };
  return { signed: rows.filter((row) => !has(row)), kept: rows.filter(has) };
}

/** The content of one file, with the rows of it that are signed. Nothing else is another. */
export function signedData(data: Data, rows: readonly ReviewRow[], date: string): Data {
  if (!isDataMap(data)) return data;
  const trust = data["trust"];
  if (!isDataMap(trust)) return data;
  const changed: { [key: string]: Data } = {};
  for (const { key, clause } of rows) {
    const value = changed[key] ?? trust[key];
    if (value !== undefined) changed[key] = signedEdge(value, clause, date);
  }
  return { ...data, trust: { ...trust, ...changed } };
}

function signedEdge(value: Data, clause: number | null, date: string): Data {
  if (isDataList(value)) return value.map((each, index) => (index === clause ? signedEdge(each, null, date) : each));
  return isDataMap(value) ? { ...value, reviewed: date } : { reason: value, reviewed: date };
}
