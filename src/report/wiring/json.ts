import { formatJson } from "../json/format-json.ts";
import { wiringDocument } from "./wiring-document.ts";
import type { WiringFormatter } from "./wiring-format.ts";

/** For programs, as `schemas/wiring.schema.json` says. */
export const json: WiringFormatter = (report, { version }) => formatJson(wiringDocument(report, version));
