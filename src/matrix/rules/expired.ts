import type { Draft } from "../../finding/draft.ts";
import { datedEntries } from "../model/dated-entries.ts";
import { onOrAt } from "../../words/brief.ts";
import type { Rule } from "./rule.ts";

/** What has expired has no effect, and the text still claims it. */
export const expired: Rule = {
  id: "expired",
  severity: "error",
  summary: "an edge, previous account, exception or inherited access past its date",
  stopsSynth: false,
  *check(matrix) {
    for (const { what, date, end, place, service, caller } of datedEntries(matrix)) {
      if (end === undefined || matrix.asOf < end) continue;
      yield {
        message: `${what} ended ${onOrAt(date)} and has no effect any more`,
        help: "delete it, or have a later date approved",
        at: place,
        ...(service === undefined ? {} : { service }),
        ...(caller === undefined ? {} : { caller }),
      } satisfies Draft;
    }
  },
};
