import type { Review } from "../github/reviews.ts";

/** Somebody's word on a pull request: the review that counts. */
export interface Word {
  readonly user: string;
  readonly review: Review;
}

/**
 * The users whose last word is an approval of exactly this commit, in order of their reviews. A comment leaves an earlier
 * word as it is, as it does on GitHub; a dismissal or a request for changes takes it back. Neither the author's word
 * counts nor that of an account that is no person.
 * @param reviews in the order in which they were made
 */
export function approvingReviews(reviews: readonly Review[], head: string, author: string): readonly Word[] {
  const last = new Map<string, Word>();
  for (const review of reviews) {
    const { user, userType, state } = review;
    if (user === null || userType !== "User" || state === "COMMENTED" || state === "PENDING") continue;
    // Logins differ in more than their case.
    last.set(user.toLowerCase(), { user, review });
  }
  last.delete(author.toLowerCase());
  return [...last.values()].filter(({ review }) => review.state === "APPROVED" && review.commit === head);
}
