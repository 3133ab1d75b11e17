import type { AskFormatName } from "./format-names.ts";
import type { AskFormatter } from "./ask-format.ts";
import type { CallersAnswer } from "../../ask/answers.ts";
import { callersCsv } from "./callers-csv.ts";
import { callersJson } from "./callers-json.ts";
import { callersText } from "./callers-text.ts";

/** Every format of who-can-call, of one answer for each environment. */
export const callersFormats = { text: callersText, json: callersJson, csv: callersCsv } as const satisfies Readonly<
  Record<AskFormatName, AskFormatter<readonly CallersAnswer[]>>
>;
