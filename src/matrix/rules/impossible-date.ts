import type { Draft } from "../../finding/draft.ts";
import { parseInstant } from "../../time/instant.ts";
import { datedEntries } from "../model/dated-entries.ts";
import type { Matrix } from "../model/matrix.ts";
import { type Place, valueAt } from "../text/place.ts";
import type { Rule } from "./rule.ts";

/** A date that no calendar has would otherwise count as never or as always. */
export const impossibleDate: Rule = {
  id: "impossible-date",
  severity: "error",
  summary: "a date that does not exist",
  stopsSynth: true,
  *check(matrix) {
    for (const { date, place } of dates(matrix)) {
      if (parseInstant(date) !== undefined) continue;
      yield {
        message: `there is no such date: ${date}`,
        help: date.includes("T") ? "correct the day, the month or the time" : "correct the day or month",
        at: place,
      } satisfies Draft;
    }
  },
};

function* dates(matrix: Matrix): Iterable<{ readonly date: string; readonly place: Place }> {
  yield* datedEntries(matrix);
  for (const { clauses } of matrix.edges) {
    for (const { reviewed, place } of clauses) {
      if (reviewed !== undefined) yield { date: reviewed, place: valueAt(place.file, ...place.path, "reviewed") };
    }
  }
  for (const { section, value, place } of matrix.names.values()) {
    if (section === "services" && value.retired !== undefined)
      yield { date: value.retired, place: valueAt(place.file, ...place.path, "retired") };
  }
}
