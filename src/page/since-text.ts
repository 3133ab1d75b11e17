import type { Since } from "../history/matrix-history.ts";
import { showTime } from "./show-time.ts";

/** Since when something is in the matrix, and who brought it. */
export function sinceText({ commit, isOlder, skipped }: Since): string {
  const { length } = skipped;
  const unread = length === 0 ? "" : `; ${length} ${length === 1 ? "version" : "versions"} before could not be read`;
  if (commit === null) return unread === "" ? "not committed yet" : `in no commit that can be read${unread}`;
  const at = showTime(new Date(commit.at).toISOString());
  return `${isOlder ? "at least since " : ""}${at}, ${commit.id.slice(0, 12)} by ${commit.author}: ${commit.subject}${unread}`;
}
