import type { Draft } from "../../finding/draft.ts";
import { addDays } from "../../time/instant.ts";
import { datedEntries } from "../model/dated-entries.ts";
import { onOrAt } from "../../words/brief.ts";
import type { Rule } from "./rule.ts";

const DAYS = 30;

/** Time to decide before access ends by itself. */
export const expiringSoon: Rule = {
  id: "expiring-soon",
  severity: "warning",
  summary: `an edge, previous account, exception or inherited access that ends within ${DAYS} days`,
  stopsSynth: false,
  *check(matrix) {
    for (const { what, date, end, place, service, caller } of datedEntries(matrix)) {
      if (end === undefined || matrix.asOf >= end || addDays(matrix.asOf, DAYS) < end) continue;
      yield {
        message: `${what} ends ${onOrAt(date)}`,
        help: "delete it if it is no longer needed, or have a later date approved",
        at: place,
        ...(service === undefined ? {} : { service }),
        ...(caller === undefined ? {} : { caller }),
      } satisfies Draft;
    }
  },
};
