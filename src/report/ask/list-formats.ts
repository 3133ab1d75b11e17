import type { ListAnswer } from "../../ask/answers.ts";
import type { AskFormatter } from "./ask-format.ts";
import type { AskFormatName } from "./format-names.ts";
import { listCsv } from "./list-csv.ts";
import { listJson } from "./list-json.ts";
import { listText } from "./list-text.ts";

/** Every format of list, of one answer for each environment. */
export const listFormats = { text: listText, json: listJson, csv: listCsv } as const satisfies Readonly<
  Record<AskFormatName, AskFormatter<readonly ListAnswer[]>>
>;
