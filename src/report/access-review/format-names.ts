/** What `matrix review start` can write, the default first. */
export const reviewFormatNames = ["text", "markdown", "csv", "json"] as const;

export type ReviewFormatName = (typeof reviewFormatNames)[number];

/** What `matrix review status` can write, the default first. */
export const statusFormatNames = ["text", "csv", "json"] as const;

export type StatusFormatName = (typeof statusFormatNames)[number];
