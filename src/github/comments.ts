import { isObject } from "../words/json.ts";
import { apiPath } from "./api-base.ts";
import type { GitHubClient, Outcome } from "./github-client.ts";

/** The one comment that a program keeps on a pull request. */
export interface CommentPlace {
  readonly owner: string;
  readonly name: string;
  readonly number: number;
  /** What its body starts with. Anybody can write that too, so only comments of `author` count. */
  readonly marker: string;
  readonly author: string;
}

export interface Comment {
  readonly id: number;
  readonly body: string;
}

/** The comment that is there; undefined for none. Of several the first is kept up. docs: /en/rest/issues/comments */
export async function findComment(
  client: GitHubClient,
  { owner, name, number, marker, author }: CommentPlace,
): Promise<{ readonly kind: "found"; readonly comment: Comment | undefined } | Exclude<Outcome, { kind: "done" }>> {
  const answer = await client.list(apiPath("repos", owner, name, "issues", number, "comments"));
  if (answer.kind !== "done") return answer;
  for (const item of answer.items ?? []) {
    if (!isObject(item) || typeof item.id !== "number" || typeof item.body !== "string") continue;
    const { user } = item;
    const login = isObject(user) && typeof user.login === "string" ? user.login : "";
    if (login.toLowerCase() === author.toLowerCase() && item.body.startsWith(marker))
      return { kind: "found", comment: { id: item.id, body: item.body } };
  }
  return { kind: "found", comment: undefined };
}

export function createComment(
  client: GitHubClient,
  { owner, name, number }: CommentPlace,
  body: string,
): Promise<Outcome> {
  return client.post(apiPath("repos", owner, name, "issues", number, "comments"), { body });
}

export function updateComment(
  client: GitHubClient,
  { owner, name }: CommentPlace,
  id: number,
  body: string,
): Promise<Outcome> {
  return client.patch(apiPath("repos", owner, name, "issues", "comments", String(id)), { body });
}
