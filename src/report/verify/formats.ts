import type { VerifyFormatName } from "./format-names.ts";
import { json } from "./json.ts";
import { junit } from "./junit.ts";
import { text } from "./text.ts";
import type { VerifyFormatter } from "./verify-format.ts";

/** Every format of verify by its name. */
export const verifyFormats = { text, json, junit } as const satisfies Readonly<
  Record<VerifyFormatName, VerifyFormatter>
>;
