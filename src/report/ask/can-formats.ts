import type { CanAnswer } from "../../ask/answers.ts";
import type { AskFormatter } from "./ask-format.ts";
import type { AskFormatName } from "./format-names.ts";
import { canCsv } from "./can-csv.ts";
import { canJson } from "./can-json.ts";
import { canText } from "./can-text.ts";

/** Every format by its name. */
export const canFormats = { text: canText, json: canJson, csv: canCsv } as const satisfies Readonly<
  Record<AskFormatName, AskFormatter<CanAnswer>>
>;
