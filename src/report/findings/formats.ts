import type { Formatter } from "./finding-report.ts";
import type { FormatName } from "./format-names.ts";
import { github } from "./github.ts";
import { json } from "./json.ts";
import { junit } from "./junit.ts";
import { sarif } from "./sarif.ts";
import { text } from "./text.ts";

/** Every format of the findings by its name. */
export const formats = { text, json, sarif, github, junit } as const satisfies Readonly<Record<FormatName, Formatter>>;
