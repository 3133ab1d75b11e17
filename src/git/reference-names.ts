/** Where a default branch is looked for, in this order. In full: a tag of the name `main` is no branch. */
export const defaultBranches = [
  "refs/remotes/origin/HEAD",
  "refs/remotes/origin/main",
  "refs/remotes/origin/master",
  "refs/heads/main",
  "refs/heads/master",
] as const;

/** A reference without what leads away from it: `main` of `main~2`. */
export function baseOf(reference: string): string {
  return /^[^~^@]+/.exec(reference)?.[0] ?? reference;
}

/** A branch as people call it. */
export function shortName(reference: string): string {
  return reference.replace(/^refs\/(heads|remotes)\//, "");
}
