import { csv } from "./csv.ts";
import type { SweepFormatName } from "./format-names.ts";
import { json } from "./json.ts";
import { sarif } from "./sarif.ts";
import type { SweepFormatter } from "./sweep-format.ts";
import { text } from "./text.ts";

/** Every format of sweep by its name. */
export const sweepFormats = { text, json, sarif, csv } as const satisfies Readonly<
  Record<SweepFormatName, SweepFormatter>
>;
