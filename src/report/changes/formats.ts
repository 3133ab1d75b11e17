import type { ChangesFormatter } from "./changes-format.ts";
import { csv } from "./csv.ts";
import type { ChangesFormatName } from "./format-names.ts";
import { json } from "./json.ts";
import { markdown } from "./markdown.ts";
import { text } from "./text.ts";

/** Every format of changes by its name. */
export const changesFormats = { text, json, csv, markdown } as const satisfies Readonly<
  Record<ChangesFormatName, ChangesFormatter>
>;
