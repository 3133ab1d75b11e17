import type { AdoptReport } from "../../adopt/adopt-report.ts";
import { formatJson } from "../json/format-json.ts";
import { text } from "./text.ts";

/** What adopting did, in each format; for JSON as `schemas/adopt.schema.json` says. */
export const adoptFormats = {
  text,
  json: (report: AdoptReport, _options: object): string => formatJson({ schema: "matrix/adopt/v1", ...report }),
} as const;
