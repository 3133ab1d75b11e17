import type { MatrixCommit, Since } from "../../history/matrix-history.ts";
import { formatInstant } from "../../time/instant.ts";

/** Since when something is in the matrix, in words. They hold text of commits: escape them where they are shown. */
export function describeSince({ commit, isOlder, skipped }: Since): string {
  const passed =
    skipped.length === 0
      ? ""
      : `; passed over, since the matrix was broken there: ${skipped.map((each) => each.id.slice(0, 12)).join(", ")}`;
  if (commit === null) return `not committed yet${passed}`;
  const when = isOlder ? `or before, the oldest version that is known` : describeCommit(commit);
  return `since ${formatInstant(commit.at).slice(0, 10)}${isOlder ? " " : ": "}${when}${passed}`;
}

function describeCommit({ id, subject, author }: MatrixCommit): string {
  return `${id.slice(0, 12)} ${JSON.stringify(subject)} by ${author}`;
}
