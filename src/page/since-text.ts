import type { Since } from "../history/matrix-history.ts";
import { showTime } from "./show-time.ts";

/** Since when something is in the matrix, and who brought it. */
export function sinceText({ commit, isOlder }: Since): string {
  if (commit === null) return "not committed yet";
  const at = showTime(new Date(commit.at).toISOString());
  return `${isOlder ? "before " : ""}${at}, ${commit.id.slice(0, 12)} by ${commit.author}: ${commit.subject}`;
}
