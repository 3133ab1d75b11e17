/** The formats of wiring; the first is the default. Apart from the formats themselves, which help need not load. */
export const wiringFormatNames = ["text", "json", "env", "yaml"] as const;

export type WiringFormatName = (typeof wiringFormatNames)[number];
