import { csv } from "./csv.ts";
import type { ReviewFormatName, StatusFormatName } from "./format-names.ts";
import { json } from "./json.ts";
import { markdown } from "./markdown.ts";
import type { ReviewFormatter } from "./review-format.ts";
import { statusText } from "./status-text.ts";
import { text } from "./text.ts";

/** Every format of a review by its name. */
export const reviewFormats = { text, markdown, csv, json } as const satisfies Readonly<
  Record<ReviewFormatName, ReviewFormatter>
>;

/** Every format of how far a review is, by its name. */
export const statusFormats = { text: statusText, csv, json } as const satisfies Readonly<
  Record<StatusFormatName, ReviewFormatter>
>;
