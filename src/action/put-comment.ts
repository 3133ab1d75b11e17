import { createHash } from "node:crypto";
import { type CommentPlace, createComment, findComment, updateComment } from "../github/comments.ts";
import type { GitHubClient, Outcome } from "../github/github-client.ts";

/** How it went; a comment that was not needed is left alone. */
export type Commented =
  | { readonly kind: "created" | "updated" | "current" | "none" }
  | { readonly kind: "not-allowed" | "failed"; readonly reason: string };

/** GitHub takes 65,536 characters; one that counts them as bytes is satisfied too. */
export const COMMENT_LIMIT = 65_536;

/** The first line of the comment about a matrix: several matrices of a repository have a comment each. */
export function commentMarker(matrix: string): string {
  // Hashed, since a path can hold what ends a comment of HTML.
  return `<!-- trust-matrix ${createHash("sha256").update(matrix).digest("hex").slice(0, 32)} -->`;
}

/**
 * Makes the one comment say what is current.
 * @param text below the marker, no longer than COMMENT_LIMIT with it
 * @param isNews whether it is worth a comment where there is none yet
 */
export async function putComment(
  client: GitHubClient,
  place: CommentPlace,
  text: string,
  isNews: boolean,
): Promise<Commented> {
  const body = `${place.marker}\n${text}`;
  const first = await putOnce(client, place, body, isNews);
  // Where it is not known whether the comment was created, it is looked for before another is made.
  return first.kind === "failed" ? putOnce(client, place, body, isNews) : first;
}

async function putOnce(client: GitHubClient, place: CommentPlace, body: string, isNews: boolean): Promise<Commented> {
  const found = await findComment(client, place);
  if (found.kind !== "found") return describe(found);
  const { comment } = found;
  if (comment === undefined)
    return isNews ? describe(await createComment(client, place, body), "created") : { kind: "none" };
  // GitHub may keep other line breaks than it was sent.
  if (comment.body.replaceAll("\r\n", "\n").trimEnd() === body.trimEnd()) return { kind: "current" };
  return describe(await updateComment(client, place, comment.id, body), "updated");
}

function describe(outcome: Outcome, done: "created" | "updated" = "updated"): Commented {
  if (outcome.kind === "done") return { kind: done };
  const isDenied = outcome.kind === "refused" && (outcome.status === 403 || outcome.status === 404);
  return { kind: isDenied ? "not-allowed" : "failed", reason: outcome.reason };
}
