/** The formats of sweep; the first is the default. Apart from the formats themselves, which help need not load. */
export const sweepFormatNames = ["text", "json", "sarif", "csv"] as const;

export type SweepFormatName = (typeof sweepFormatNames)[number];
