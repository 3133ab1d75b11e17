/** What GitHub did not tell, and why. It never counts as an answer. */
export interface Unread {
  readonly kind: "unread";
  readonly reason: string;
}
