import { isObject } from "../words/json.ts";
import { apiPath } from "./api-base.ts";
import type { GitHubClient } from "./github-client.ts";
import type { Unread } from "./unread.ts";

/** One review of a pull request, as GitHub keeps it. A review that is dismissed changes its state and stays. */
export interface Review {
  readonly id: number;
  /** Null where the account is gone. */
  readonly user: string | null;
  /** `User`, `Bot`, … */
  readonly userType: string;
  /** APPROVED, CHANGES_REQUESTED, COMMENTED, DISMISSED or PENDING. */
  readonly state: string;
  /** What was looked at; null where that commit is gone. */
  readonly commit: string | null;
  /** When it was submitted, in UTC. */
  readonly at: string | null;
  readonly url: string | null;
}

/** Every review of a pull request, in the order in which they were made. docs: /en/rest/pulls/reviews */
export async function readReviews(
  client: GitHubClient,
  { owner, name }: { readonly owner: string; readonly name: string },
  number: number,
): Promise<{ readonly kind: "read"; readonly reviews: readonly Review[] } | Unread> {
  const answer = await client.list(apiPath("repos", owner, name, "pulls", number, "reviews"));
  if (answer.kind !== "done") return { kind: "unread", reason: answer.reason };
  const reviews: Review[] = [];
  for (const item of answer.items ?? []) {
    const review = parseReview(item);
    if (review === undefined) return { kind: "unread", reason: "a review is not as GitHub documents it" };
    reviews.push(review);
  }
  // Ids grow; and a review that was made between two pages may come twice.
  const byId = new Map(reviews.map((review) => [review.id, review]));
  return { kind: "read", reviews: [...byId.values()].sort((a, b) => a.id - b.id) };
}

function parseReview(value: unknown): Review | undefined {
  if (!isObject(value) || typeof value.id !== "number" || typeof value.state !== "string") return undefined;
  const { user } = value;
  if (user !== null && !(isObject(user) && typeof user.login === "string" && typeof user.type === "string"))
    return undefined;
  return {
    id: value.id,
    user: isObject(user) ? String(user.login) : null,
    userType: isObject(user) ? String(user.type) : "",
    state: value.state,
    commit: textOrNull(value.commit_id),
    at: textOrNull(value.submitted_at),
    url: textOrNull(value.html_url),
  };
}

function textOrNull(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
