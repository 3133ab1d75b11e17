import type { GuardFormatName } from "./format-names.ts";
import { github } from "./github.ts";
import type { GuardFormatter } from "./guard-format.ts";
import { json } from "./json.ts";
import { markdown } from "./markdown.ts";
import { sarif } from "./sarif.ts";
import { text } from "./text.ts";

/** Every format of guard by its name. */
export const guardFormats = { text, json, markdown, sarif, github } as const satisfies Readonly<
  Record<GuardFormatName, GuardFormatter>
>;
