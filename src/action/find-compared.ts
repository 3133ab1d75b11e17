import { UsageError } from "../cli/usage-error.ts";
import type { Commit, GitProblem, Repository } from "../git/repository.ts";
import type { PullRequest } from "./pull-request.ts";

/** The two commits that are compared. */
export interface Compared {
  readonly base: Commit;
  /** What is checked out: the head of the pull request, or its merge into the base. */
  readonly head: Commit;
}

/**
 * Which commits are compared. What is checked out must be the head commit of the pull request or GitHub's merge of it into
 * the base branch: approvals are for the head commit, and must be for what was judged.
 * @throws UsageError where it is something else, or a commit is not in the clone
 */
export function findCompared(
  repository: Repository,
  pull: PullRequest | undefined,
  wanted: string | undefined,
): Compared {
  const found = repository.findCommit("HEAD");
  if ("problem" in found)
    throw new UsageError("there is no commit here", "run actions/checkout first, and set working-directory");
  // By its id: reports name what was judged.
  const head = { id: found.id, reference: found.id };
  const parents = repository.parentsOf(head);
  const isMerge = pull !== undefined && parents.length === 2 && parents[1] === pull.head;
  if (pull !== undefined && head.id !== pull.head && !isMerge)
    throw new UsageError(
      `the checkout is at ${head.id}, which is neither the head of the pull request (${pull.head}) nor its merge into the base`,
      "let actions/checkout take its default ref, and run nothing that commits before this action",
    );
  const parting = (reference: string): Commit => {
    const { id } = orRefuse(repository.mergeBase(orRefuse(repository.findCommit(reference)), head));
    return { id, reference: id };
  };
  if (wanted !== undefined) return { base: parting(wanted), head };
  if (pull === undefined)
    throw new UsageError(
      "this event is about no pull request, so there is nothing to compare with",
      "run the action on pull_request, or set the input base; in a merge queue, to github.event.merge_group.base_sha",
    );
  // The first parent of the merge is the base branch as it is now; the payload's may be older.
  return { base: isMerge ? orRefuse(repository.findCommit(parents[0] ?? "")) : parting(pull.base), head };
}

function orRefuse(found: Commit | GitProblem): Commit {
  if ("problem" in found) throw new UsageError(found.problem, "set fetch-depth: 0 at actions/checkout");
  return found;
}
