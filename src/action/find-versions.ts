import { UsageError } from "../cli/usage-error.ts";
import type { AskGit } from "./ask-git.ts";
import type { PullRequest } from "./pull-request.ts";

/** The two commits that are compared, in full. */
export interface Versions {
  readonly base: string;
  /** What is checked out: the head of the pull request, or its merge into the base. */
  readonly head: string;
}

/**
 * Which commits are compared. What is checked out must be the head commit of the pull request or GitHub's merge of it into
 * the base branch: approvals are for the head commit, and must be for what was judged.
 * @throws UsageError where it is something else, or a commit is not in the clone
 */
export function findVersions(git: AskGit, pull: PullRequest | undefined, wanted: string | undefined): Versions {
  const head = git("rev-parse", "--verify", "--quiet", "HEAD^{commit}");
  if (head === undefined)
    throw new UsageError("there is no commit here", "run actions/checkout first, and set working-directory");
  // From the object itself: a shallow clone hides parents from all else.
  const parents = [
    ...(git("cat-file", "commit", head) ?? "")
      .split("\n\n", 1)
      .join()
      .matchAll(/^parent (\w+)$/gm),
  ].map(([, parent = ""]) => parent);
  const isMerge = pull !== undefined && parents.length === 2 && parents[1] === pull.head;
  if (pull !== undefined && head !== pull.head && !isMerge)
    throw new UsageError(
      `the checkout is at ${head}, which is neither the head of the pull request (${pull.head}) nor its merge into the base`,
      "let actions/checkout take its default ref, and run nothing that commits before this action",
    );
  if (wanted !== undefined) return { base: mergeBase(git, resolve(git, wanted), head), head };
  if (pull === undefined)
    throw new UsageError(
      "this event is about no pull request, so there is nothing to compare with",
      "run the action on pull_request, or set the input base; in a merge queue, to github.event.merge_group.base_sha",
    );
  // The first parent of the merge is the base branch as it is now; the payload's may be older.
  return { base: isMerge ? present(git, parents[0] ?? "") : mergeBase(git, pull.base, head), head };
}

function resolve(git: AskGit, wanted: string): string {
  const commit = wanted.startsWith("-")
    ? undefined
    : git("rev-parse", "--verify", "--quiet", "--end-of-options", `${wanted}^{commit}`);
  if (commit === undefined) throw missing(`git knows no commit "${wanted}" here, which the input base names`);
  return commit;
}

function present(git: AskGit, commit: string): string {
  if (git("cat-file", "-e", `${commit}^{commit}`) === undefined)
    throw missing(`the base commit ${commit} is not in the clone`);
  return commit;
}

function mergeBase(git: AskGit, base: string, head: string): string {
  const found = git("merge-base", base, head);
  if (found === undefined) throw missing(`${present(git, base)} and ${head} have no common commit in the clone`);
  return found;
}

function missing(message: string): UsageError {
  return new UsageError(message, "set fetch-depth: 0 at actions/checkout");
}
