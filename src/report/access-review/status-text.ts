import { isDue } from "../../access-review/build-review.ts";
import { enumerateWords } from "../../words/enumerate-words.ts";
import { escapeTerminal } from "../terminal/escape-terminal.ts";
import { paint as painter } from "../terminal/paint.ts";
import { wrapLine } from "../terminal/wrap-line.ts";
import { describeState, ownerName } from "./describe-row.ts";
import { headline } from "./headline.ts";
import type { ReviewFormatter } from "./review-format.ts";

/** Rows of one owner that are shown where not all are. */
const SHOWN = 10;

/** For people: how far each owner is, and what waits. */
export const statusText: ReviewFormatter = (report, { color, width, quiet, verbose }) => {
  const paint = painter(color);
  const lines = report.owners
    .filter(({ summary }) => summary.rows > 0)
    .flatMap(({ owner, summary, rows }) => {
      const { current, overdue, never, ended } = summary;
      const parts = [
        `${current} of ${summary.rows} reviewed`,
        ...(overdue === 0 ? [] : [`${overdue} overdue`]),
        ...(never === 0 ? [] : [`${never} of them never reviewed`]),
        ...(ended === 0 ? [] : [`${ended} ended`]),
      ];
      const due = rows.filter(({ state }) => isDue(state));
      const shown = verbose || due.length <= SHOWN + 1 ? due : due.slice(0, SHOWN);
      return [
        paint(overdue === 0 ? "good" : "warning", escapeTerminal(`${ownerName(owner)}: ${parts.join(", ")}`)),
        ...shown.map(
          (row) =>
            `  ${escapeTerminal(`${row.key} in ${enumerateWords(row.environments, "and") || "no environment"}: ${describeState(row)} (${row.span.file}:${row.span.line})`)}`,
        ),
        ...(shown.length === due.length ? [] : [`  and ${due.length - shown.length} more; -v lists all`]),
      ];
    });
  const conclusion = paint(report.summary.overdue === 0 ? "good" : "strong", escapeTerminal(headline(report)));
  if (quiet && report.summary.overdue === 0) return "";
  return (quiet ? [conclusion] : [...lines, conclusion])
    .flatMap((line) => wrapLine(line, width, 4))
    .map((line) => `${line}\n`)
    .join("");
};
