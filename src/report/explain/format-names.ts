/** The formats of explain-access; the first is the default. Apart from the formats themselves, which help need not load. */
export const explainFormatNames = ["text", "json", "csv"] as const;

export type ExplainFormatName = (typeof explainFormatNames)[number];
