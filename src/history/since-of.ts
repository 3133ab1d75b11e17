import type { Matrix } from "../matrix/model/matrix.ts";
import type { MatrixCommit, MatrixHistory, Since } from "./matrix-history.ts";

/**
 * Since when something is in the matrix without a break. Ask it only of what the working tree has.
 * @param isThere whether a version has it; each is judged at the moment it was committed
 */
export function sinceOf(history: MatrixHistory, isThere: (matrix: Matrix) => boolean): Since {
  let commit: MatrixCommit | null = null;
  const skipped: MatrixCommit[] = [];
  for (const version of history.versions()) {
    const text = version.read();
    // A version that says nothing says neither that it was there nor that it was not.
    if (text.kind === "unusable") {
      skipped.push(version.commit);
      continue;
    }
    if (text.kind === "absent" || !isThere(text.judge(version.commit.at))) return { commit, isOlder: false, skipped };
    commit = version.commit;
  }
  return { commit, isOlder: commit !== null && history.cutOff() !== null, skipped };
}
