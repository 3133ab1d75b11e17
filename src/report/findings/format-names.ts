/** The formats of findings; the first is the default. Apart from the formats themselves, which help need not load. */
export const formatNames = ["text", "json", "sarif", "github", "junit"] as const;

export type FormatName = (typeof formatNames)[number];
