import type { Matrix } from "../matrix/model/matrix.ts";
import type { Instant } from "../time/instant.ts";
import type { MatrixCommit, MatrixHistory, Since } from "./matrix-history.ts";

/**
 * Since when something is in the matrix without a break. Ask it only of what the working tree has.
 * @param asOf the moment that the working tree is judged at
 * @param isThere whether a version has it. Each is judged at the moment at which the next one took its place: what had
 * expired by then was gone, and the next version brought it anew.
 */
export function sinceOf(history: MatrixHistory, asOf: Instant, isThere: (matrix: Matrix) => boolean): Since {
  let commit: MatrixCommit | null = null;
  let end = asOf;
  const skipped: MatrixCommit[] = [];
  for (const version of history.versions()) {
    const text = version.read();
    // Nobody knows whether a version that cannot be read had it: whatever is before that is known for nothing.
    if (text.kind === "unusable") {
      skipped.push(version.commit);
      continue;
    }
    if (skipped.length > 0) return { commit, isOlder: true, skipped };
    if (text.kind === "absent" || !isThere(text.judge(lastMoment(version.commit.at, end, asOf))))
      return { commit, isOlder: false, skipped };
    commit = version.commit;
    end = commit.at;
  }
  const isOlder = skipped.length > 0 || (commit !== null && history.cutOff() !== null);
  return { commit, isOlder, skipped };
}

/** Clocks of committers differ: a version is not judged before its own commit, nor after the question's moment. */
function lastMoment(start: Instant, end: Instant, asOf: Instant): Instant {
  const last = end < start ? start : end;
  return last > asOf ? asOf : last;
}
