/** The formats of every question; the first is the default. Apart from the formats themselves, which help need not load. */
export const askFormatNames = ["text", "json", "csv"] as const;

export type AskFormatName = (typeof askFormatNames)[number];
