/** The formats of verify; the first is the default. Apart from the formats themselves, which help need not load. */
export const verifyFormatNames = ["text", "json", "junit"] as const;

export type VerifyFormatName = (typeof verifyFormatNames)[number];
