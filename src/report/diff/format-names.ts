/** The formats of diff; the first is the default. Apart from the formats themselves, which help need not load. */
export const diffFormatNames = ["text", "markdown", "json", "github", "sarif"] as const;

export type DiffFormatName = (typeof diffFormatNames)[number];
