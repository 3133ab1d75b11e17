/** The formats of graph; the first is the default. Apart from the formats themselves, which help need not load. */
export const graphFormatNames = ["mermaid", "dot", "svg"] as const;

export type GraphFormatName = (typeof graphFormatNames)[number];
