import type { ReviewReport } from "../../access-review/review-report.ts";
import { count, enumerateWords } from "../../words/enumerate-words.ts";

/** What a review is of, and how far it is, in one line. */
export function headline({ matrix, summary, environments, maxAge }: ReviewReport): string {
  const { rows, overdue, never, changed, ended } = summary;
  const where = environments.length === 0 ? "" : ` in ${enumerateWords(environments, "and")}`;
  const due = overdue === 0 ? "all reviewed" : `${overdue} to review`;
  const parts = [
    due,
    ...(never === 0 ? [] : [`${never} of them never reviewed`]),
    ...(changed === 0 ? [] : [`${changed} of them changed since`]),
    ...(ended === 0 ? [] : [`${ended} ended`]),
  ];
  return `${matrix}: ${count(rows, "row")}${where}, ${parts.join(", ")}; a review is good for ${count(maxAge, "day")}`;
}

/** What the review rests on, a line each. */
export function notes(report: ReviewReport): readonly string[] {
  const { live } = report;
  return [
    ...(live === null
      ? []
      : [
          `live in ${live.environment} as read until ${live.snapshot.finishedAt}${live.complete ? "" : ": not everything could be read"}`,
        ]),
    ...historyNotes(report),
  ];
}

/** Why the review does not say of every row what changed. */
export function historyNotes({ history, owners }: ReviewReport): readonly string[] {
  const isPartly = owners.some(({ rows }) => rows.some(({ past }) => past !== null));
  return history === null ? [] : [`what changed is not known${isPartly ? " of every row" : ""}: ${history}`];
}
