/** The formats of guard; the first is the default. Apart from the formats themselves, which help need not load. */
export const guardFormatNames = ["text", "json", "markdown", "sarif", "github"] as const;

export type GuardFormatName = (typeof guardFormatNames)[number];
