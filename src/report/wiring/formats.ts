import { env } from "./env.ts";
import type { WiringFormatName } from "./format-names.ts";
import { json } from "./json.ts";
import { text } from "./text.ts";
import type { WiringFormatter } from "./wiring-format.ts";
import { yaml } from "./yaml.ts";

/** Every format of wiring by its name. */
export const wiringFormats = { text, json, env, yaml } as const satisfies Readonly<
  Record<WiringFormatName, WiringFormatter>
>;
