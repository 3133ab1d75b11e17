/** The formats of drift; the first is the default. Apart from the formats themselves, which help need not load. */
export const driftFormatNames = ["text", "json", "markdown", "sarif", "github", "csv", "junit"] as const;

export type DriftFormatName = (typeof driftFormatNames)[number];
