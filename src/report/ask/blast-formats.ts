import type { BlastAnswer } from "../../ask/answers.ts";
import type { AskFormatter } from "./ask-format.ts";
import type { AskFormatName } from "./format-names.ts";
import { blastCsv } from "./blast-csv.ts";
import { blastJson } from "./blast-json.ts";
import { blastText } from "./blast-text.ts";

/** Every format by its name. */
export const blastFormats = { text: blastText, json: blastJson, csv: blastCsv } as const satisfies Readonly<
  Record<AskFormatName, AskFormatter<BlastAnswer>>
>;
