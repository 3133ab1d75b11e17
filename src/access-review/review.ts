/** All that the commands need of an access review: a bundle of its own, loaded only then. */
export { askLive } from "../ask/ask-live.ts";
export { buildGrid } from "../ask/build-grid.ts";
export { reviewFormats, statusFormats } from "../report/access-review/formats.ts";
export { buildReview } from "./build-review.ts";
export { findBirth } from "./find-past.ts";
export { planSign, signedData } from "./plan-sign.ts";
export { readWorksheet } from "./read-worksheet.ts";
export { hashOfRows, reviewRows } from "./review-rows.ts";
