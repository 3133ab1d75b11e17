import { csv } from "./csv.ts";
import type { DriftFormatter } from "./drift-format.ts";
import type { DriftFormatName } from "./format-names.ts";
import { github } from "./github.ts";
import { json } from "./json.ts";
import { junit } from "./junit.ts";
import { markdown } from "./markdown.ts";
import { sarif } from "./sarif.ts";
import { text } from "./text.ts";

/** Every format of drift by its name. */
export const driftFormats = { text, json, markdown, sarif, github, csv, junit } as const satisfies Readonly<
  Record<DriftFormatName, DriftFormatter>
>;
