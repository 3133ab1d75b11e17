import type { DiffFormatter } from "./diff-format.ts";
import type { DiffFormatName } from "./format-names.ts";
import { github } from "./github.ts";
import { json } from "./json.ts";
import { markdown } from "./markdown.ts";
import { sarif } from "./sarif.ts";
import { text } from "./text.ts";

/** Every format of diff by its name. */
export const diffFormats = { text, markdown, json, github, sarif } as const satisfies Readonly<
  Record<DiffFormatName, DiffFormatter>
>;
