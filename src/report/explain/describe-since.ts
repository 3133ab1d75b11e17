import type { MatrixCommit, Since } from "../../history/matrix-history.ts";
import { formatInstant } from "../../time/instant.ts";
import { unreadVersions } from "../access/unread-versions.ts";

/** Since when something is in the matrix, in words. They hold text of commits: escape them where they are shown. */
export function describeSince({ commit, isOlder, skipped }: Since): string {
  const unread =
    skipped.length === 0
      ? ""
      : `; ${unreadVersions(skipped)}: ${skipped.map((each) => each.id.slice(0, 12)).join(", ")}`;
  if (commit === null) return unread === "" ? "not committed yet" : `in no commit that can be read${unread}`;
  const day = formatInstant(commit.at).slice(0, 10);
  return `${isOlder ? "at least since" : "since"} ${day}: ${describeCommit(commit)}${unread}`;
}

function describeCommit({ id, subject, author }: MatrixCommit): string {
  return `${id.slice(0, 12)} ${JSON.stringify(subject)} by ${author}`;
}
