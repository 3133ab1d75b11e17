import { UsageError } from "../cli/usage-error.ts";
import { enumerateWords } from "../words/enumerate-words.ts";
import type { PullRequest } from "./pull-request.ts";

/**
 * Refuses to count approvals for a branch that anybody may have made. A check belongs to a commit, not to a branch: one
 * that is green against a base of the author's choosing, in which the change is already, is green for the same commit on
 * its way to the default branch.
 * @param named branches that count beside the default one
 * @throws UsageError
 */
export function refuseBase({ baseRef, defaultBranch }: PullRequest, named: readonly string[]): void {
  const counting = [...(defaultBranch === undefined ? [] : [defaultBranch]), ...named];
  if (counting.includes(baseRef)) return;
  throw new UsageError(
    `this pull request goes into "${baseRef}", and require-approvals counts only for ${
      counting.length === 0 ? "branches that protected-branches names" : enumerateWords(counting, "and")
    }`,
    "where that branch is protected, name it in protected-branches; else leave it out of the workflow, by branches",
  );
}
