import type { Approver } from "../diff/diff-report.ts";
import type { Teams } from "../github/teams.ts";
import type { Approval, Need, NeedState } from "./approvals.ts";
import type { Word } from "./latest-reviews.ts";

/** What one team or user says. */
type Verdict =
  | { readonly kind: "approved"; readonly approvals: readonly Approval[] }
  | { readonly kind: "missing" | "unknown"; readonly problem: string };

/**
 * For each owner that must approve, who did. Each of its teams and users has to.
 * @param words from approvingReviews
 */
export async function judgeApprovals(
  approvers: readonly Pick<Approver, "owner" | "github" | "changes">[],
  words: readonly Word[],
  teams: Teams,
): Promise<readonly Need[]> {
  const verdicts = new Map<string, Verdict>();
  const needs: Need[] = [];
  for (const { owner, github, changes } of approvers) {
    const found: Verdict[] = [];
    for (const name of github) {
      const verdict = verdicts.get(name) ?? (await judgeName(name, words, teams));
      verdicts.set(name, verdict);
      found.push(verdict);
    }
    needs.push({
      owner,
      github,
      fingerprints: changes,
      approvals: found.flatMap((verdict) => (verdict.kind === "approved" ? verdict.approvals : [])),
      state: stateOf(found),
      problems:
        found.length === 0
          ? [
              `${owner === null ? "nobody owns what changes" : `${owner} has no github in owners`}, so nobody can approve`,
            ]
          : found.flatMap((verdict) => (verdict.kind === "approved" ? [] : [verdict.problem])),
    });
  }
  return needs;
}

function stateOf(verdicts: readonly Verdict[]): NeedState {
  if (verdicts.length === 0) return "unassigned";
  if (verdicts.some(({ kind }) => kind === "unknown")) return "unknown";
  return verdicts.every(({ kind }) => kind === "approved") ? "approved" : "missing";
}

async function judgeName(name: string, words: readonly Word[], teams: Teams): Promise<Verdict> {
  // What the schema of the matrix takes for `github`.
  const [, first = "", team] = /^@([A-Za-z0-9-]+)(?:\/([A-Za-z0-9._-]+))?$/.exec(name) ?? [];
  if (first === "" || team === "." || team === "..")
    return { kind: "unknown", problem: `${name} is neither a team nor a user of GitHub` };
  if (team === undefined) {
    const own = words.filter(({ user }) => user.toLowerCase() === first.toLowerCase());
    return own.length > 0
      ? { kind: "approved", approvals: own.map((word) => approvalOf(word, name)) }
      : { kind: "missing", problem: `${name} has not approved the head commit` };
  }
  return judgeTeam(name, first, team, words, teams);
}

async function judgeTeam(
  name: string,
  organization: string,
  team: string,
  words: readonly Word[],
  teams: Teams,
): Promise<Verdict> {
  // Asked first: of a team that the token cannot see, GitHub says that nobody is a member.
  const sight = await teams.see(organization, team);
  if (sight.kind === "unread")
    return { kind: "unknown", problem: `the token cannot read the team ${name} (${sight.reason})` };
  const approvals: Approval[] = [];
  const unread: string[] = [];
  for (const word of words) {
    const answer = await teams.hasMember(organization, team, word.user);
    if (answer.kind === "unread") unread.push(answer.reason);
    else if (answer.isMember) approvals.push(approvalOf(word, name));
  }
  if (approvals.length > 0) return { kind: "approved", approvals };
  return unread.length > 0
    ? { kind: "unknown", problem: `the token cannot read who is in ${name} (${unread[0]})` }
    : { kind: "missing", problem: `nobody of ${name} has approved the head commit` };
}

function approvalOf({ user, review }: Word, team: string): Approval {
  return { user, team, at: review.at, review: review.id, url: review.url };
}
