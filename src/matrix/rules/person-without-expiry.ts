import type { Draft } from "../../finding/draft.ts";
import { addDays, type Instant, parseEnd, parseInstant } from "../../time/instant.ts";
import { count } from "../../words/enumerate-words.ts";
import type { Clause } from "../model/matrix.ts";
import { callerKinds } from "../../callers/registry.ts";
import { valueAt } from "../text/place.ts";
import type { Rule } from "./rule.ts";

/** How long a review is one. */
const MONTHS = 12;
const MONTH = (365.25 / 12) * 24 * 60 * 60 * 1000;

/** People change teams; somebody has to look again. */
export const personWithoutExpiry: Rule = {
  id: "person-without-expiry",
  severity: "error",
  summary: "an edge from a person or a group without an end and without a review of the last 12 months",
  stopsSynth: false,
  *check({ worlds, asOf }) {
    for (const world of worlds) {
      for (const { caller, callee, clause } of world.holding) {
        const kind = world.callers.get(caller)?.kind;
        if (kind === undefined || callerKinds[kind].nature !== "people" || clause.expires !== undefined) continue;
        const found = judgeReview(clause, asOf);
        if (found === undefined) continue;
        yield {
          ...found,
          message: `${caller} is a ${kind === "user" ? "person" : "group"}, and this edge ${found.message}`,
          environment: world.environment.name,
          service: callee,
          caller,
        } satisfies Draft;
      }
    }
  },
};

function judgeReview({ reviewed, place }: Clause, asOf: Instant): Draft | undefined {
  if (reviewed === undefined) {
    return {
      message: "says neither when it ends nor when it was last reviewed",
      help: "add expires, or reviewed with the date on which somebody looked",
      at: place,
    };
  }
  const [start, end] = [parseInstant(reviewed), parseEnd(reviewed)];
  // No such date: impossible-date says so.
  if (start === undefined || end === undefined) return undefined;
  const at = valueAt(place.file, ...place.path, "reviewed");
  // East of Greenwich the day may have begun.
  if (start > addDays(asOf, 1)) {
    return {
      message: `was reviewed on ${reviewed}, which lies in the future`,
      help: "write the date on which somebody looked, or add expires",
      at,
    };
  }
  const due = new Date(end);
  due.setUTCMonth(due.getUTCMonth() + MONTHS);
  if (asOf < due.getTime()) return undefined;
  return {
    message: `was last reviewed on ${reviewed}, ${count(Math.floor((asOf - start) / MONTH), "month")} ago`,
    help: "look whether it is still needed and write the date under reviewed, or add expires",
    at,
    severity: "warning",
  };
}
