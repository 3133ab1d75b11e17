import { csv } from "./csv.ts";
import type { ExplainFormatter } from "./explain-format.ts";
import type { ExplainFormatName } from "./format-names.ts";
import { json } from "./json.ts";
import { text } from "./text.ts";

/** Every format of explain-access by its name. */
export const explainFormats = { text, json, csv } as const satisfies Readonly<
  Record<ExplainFormatName, ExplainFormatter>
>;
