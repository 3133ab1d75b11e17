/** The formats of changes; the first is the default. Apart from the formats themselves, which help need not load. */
export const changesFormatNames = ["text", "json", "csv", "markdown"] as const;

export type ChangesFormatName = (typeof changesFormatNames)[number];
