import { isDue } from "../../access-review/build-review.ts";
import { asksForReview } from "../../access-review/compare-rows.ts";
import type { ReviewedRow } from "../../access-review/review-report.ts";
import { whereOf } from "../../access-review/review-rows.ts";
import { escapeTerminal } from "../terminal/escape-terminal.ts";
import { paint as painter } from "../terminal/paint.ts";
import { wrapLine } from "../terminal/wrap-line.ts";
import { describeChange, describeState, ownerName } from "./describe-row.ts";
import { headline, historyNotes } from "./headline.ts";
import type { ReviewFormatter } from "./review-format.ts";

/** Rows of one owner that are shown where not all are. */
const SHOWN = 10;

/** For people: how far each owner is, and what waits. */
export const statusText: ReviewFormatter = (report, { color, width, quiet, verbose }) => {
  const paint = painter(color);
  const lines = report.owners
    .filter(({ summary }) => summary.rows > 0)
    .flatMap(({ owner, summary, rows }) => {
      const { current, overdue, never, changed, ended } = summary;
      const parts = [
        `${current} of ${summary.rows} reviewed`,
        ...(overdue === 0 ? [] : [`${overdue} to review`]),
        ...(never === 0 ? [] : [`${never} of them never reviewed`]),
        ...(changed === 0 ? [] : [`${changed} of them changed since`]),
        ...(ended === 0 ? [] : [`${ended} ended`]),
      ];
      const due = rows.filter(({ state }) => isDue(state));
      const shown = verbose || due.length <= SHOWN + 1 ? due : due.slice(0, SHOWN);
      return [
        paint(overdue === 0 ? "good" : "warning", escapeTerminal(`${ownerName(owner)}: ${parts.join(", ")}`)),
        ...shown.map((row) => `  ${escapeTerminal(describeDue(row))}`),
        ...(shown.length === due.length ? [] : [`  and ${due.length - shown.length} more; -v lists all`]),
      ];
    });
  const conclusion = paint(report.summary.overdue === 0 ? "good" : "strong", escapeTerminal(headline(report)));
  if (quiet && report.summary.overdue === 0) return "";
  const unsure = historyNotes(report).map((note) => paint("faint", escapeTerminal(note)));
  return (quiet ? [conclusion] : [...lines, ...unsure, conclusion])
    .flatMap((line) => wrapLine(line, width, 4))
    .map((line) => `${line}\n`)
    .join("");
};

/** A row that waits, with the first thing that changed. */
function describeDue(row: ReviewedRow): string {
  const [first, ...more] = row.state === "changed" ? (row.past?.changes ?? []).filter(asksForReview) : [];
  const what =
    first === undefined ? "" : `: ${describeChange(first)}${more.length === 0 ? "" : `, and ${more.length} more`}`;
  return `${row.key} in ${whereOf(row)}: ${describeState(row)}${what} (${row.span.file}:${row.span.line})`;
}
