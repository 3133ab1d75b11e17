import { version } from "../cli/version.ts";
import { readReviews } from "../github/reviews.ts";
import { createTeams } from "../github/teams.ts";
import type { Approvals, Need } from "./approvals.ts";
import type { DiffSummary } from "./diff-summary.ts";
import type { GitHubWorld } from "./github-world.ts";
import { judgeApprovals } from "./judge-approvals.ts";
import { approvingReviews } from "./latest-reviews.ts";
import type { PullRequest } from "./pull-request.ts";
import type { Task } from "./read-task.ts";

/** Who has approved what the change needs, read from GitHub. Where it cannot be read, the record says so. */
export async function collectApprovals(
  github: GitHubWorld,
  task: Task,
  pull: PullRequest,
  { approvers }: DiffSummary,
): Promise<Approvals> {
  const needs = await collectNeeds(github, task, pull, approvers);
  const { owner, name } = github.repository;
  return {
    schema: "matrix/approvals/v1",
    repository: `${owner}/${name}`,
    pullRequest: pull.number,
    author: pull.author,
    baseRef: pull.baseRef,
    base: task.versions.base.id,
    compared: task.versions.head.id,
    head: pull.head,
    matrix: task.matrix,
    asOf: task.asOf,
    needs,
    complete: needs.every(({ state }) => state === "approved"),
    version,
  };
}

async function collectNeeds(
  { repository, clientFor }: GitHubWorld,
  { inputs }: Task,
  pull: PullRequest,
  approvers: DiffSummary["approvers"],
): Promise<readonly Need[]> {
  if (approvers.length === 0) return [];
  const { token, teamToken = token } = inputs;
  const reviews =
    token === undefined || teamToken === undefined
      ? { kind: "unread" as const, reason: "there is no token" }
      : await readReviews(clientFor(token), repository, pull.number);
  if (reviews.kind === "unread" || teamToken === undefined) {
    const reason = reviews.kind === "unread" ? reviews.reason : "there is no token";
    return approvers.map(({ owner, github, changes }) => ({
      owner,
      github,
      fingerprints: changes,
      approvals: [],
      state: "unknown",
      problems: [`the token cannot read the reviews of the pull request (${reason})`],
    }));
  }
  const words = approvingReviews(reviews.reviews, pull.head, pull.author);
  return judgeApprovals(approvers, words, createTeams(clientFor(teamToken)));
}
