import { formatYaml } from "../yaml/format-yaml.ts";
import { wiringDocument } from "./wiring-document.ts";
import type { WiringFormatter } from "./wiring-format.ts";

/** The same as JSON, for files that people read as well. */
export const yaml: WiringFormatter = (report, { version }) => formatYaml(wiringDocument(report, version));
