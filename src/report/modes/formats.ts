import type { ModesFormatName } from "./format-names.ts";
import { json } from "./json.ts";
import type { ModesFormatter } from "./modes-format.ts";
import { text } from "./text.ts";

/** Every format of modes by its name. */
export const modesFormats = { text, json } as const satisfies Readonly<Record<ModesFormatName, ModesFormatter>>;
