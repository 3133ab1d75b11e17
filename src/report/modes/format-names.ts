/** The formats of modes; the first is the default. Apart from the formats themselves, which help need not load. */
export const modesFormatNames = ["text", "json"] as const;

export type ModesFormatName = (typeof modesFormatNames)[number];
