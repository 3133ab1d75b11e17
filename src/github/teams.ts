import { isObject } from "../words/json.ts";
import { apiPath } from "./api-base.ts";
import type { GitHubClient } from "./github-client.ts";
import type { Unread } from "./unread.ts";

/** Who belongs to teams, as far as the token may see. */
export interface Teams {
  /** Whether the token can see the team at all. A team that it cannot see looks like one without members. */
  readonly see: (organization: string, team: string) => Promise<{ readonly kind: "seen" } | Unread>;
  /** Whether somebody is an active member, of the team or of one below it. Ask only about teams that can be seen. */
  readonly hasMember: (
    organization: string,
    team: string,
    user: string,
  ) => Promise<{ readonly kind: "answer"; readonly isMember: boolean } | Unread>;
}

/** docs: /en/rest/teams/teams (get a team by name), /en/rest/teams/members (get team membership for a user) */
export function createTeams(client: GitHubClient): Teams {
  return {
    async see(organization, team) {
      const answer = await client.get(apiPath("orgs", organization, "teams", team));
      return answer.kind === "done" ? { kind: "seen" } : { kind: "unread", reason: answer.reason };
    },
    async hasMember(organization, team, user) {
      const answer = await client.get(apiPath("orgs", organization, "teams", team, "memberships", user));
      if (answer.kind === "done")
        return { kind: "answer", isMember: isObject(answer.body) && answer.body.state === "active" };
      return answer.kind === "refused" && answer.status === 404
        ? { kind: "answer", isMember: false }
        : { kind: "unread", reason: answer.reason };
    },
  };
}
