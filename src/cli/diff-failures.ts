/** What of a diff can make the run fail. */
export const diffFailures = ["broadens", "reach", "rules", "any"] as const;

export type DiffFailure = (typeof diffFailures)[number];
