import type { OwnerReview, ReviewedRow, ReviewReport } from "../../access-review/review-report.ts";
import { count, enumerateWords } from "../../words/enumerate-words.ts";
import { oneLine } from "../../words/brief.ts";
import { escapeTerminal } from "../terminal/escape-terminal.ts";
import { type Paint, paint as painter } from "../terminal/paint.ts";
import { wrapLine } from "../terminal/wrap-line.ts";
import {
  describeLive,
  describeMembers,
  describeOther,
  describePast,
  describeState,
  describeTerms,
  ownerName,
} from "./describe-row.ts";
import { headline, notes } from "./headline.ts";
import type { ReviewFormatter } from "./review-format.ts";

/** For people: every row by its owner, with all that is known of it. */
export const text: ReviewFormatter = (report, { color, width }) => {
  const paint = painter(color);
  const lines = [
    paint("strong", escapeTerminal(headline(report))),
    ...notes(report).map((note) => paint("faint", escapeTerminal(note))),
    ...report.owners.flatMap((owner) => ["", ...ownerLines(owner, report, paint)]),
  ];
  return lines
    .flatMap((line) => wrapLine(line, width, /^ */.exec(line)?.[0].length ?? 0))
    .map((line) => `${line}\n`)
    .join("");
};

function ownerLines(review: OwnerReview, report: ReviewReport, paint: Paint): readonly string[] {
  const { owner, contact, summary, rows, others } = review;
  const reach = contact === null ? "" : ` (${oneLine(contact)})`;
  const head = `${ownerName(owner)}${reach}: ${count(summary.rows, "row")}, ${summary.overdue} to review`;
  return [
    paint("strong", escapeTerminal(head)),
    ...rows.flatMap((row) => rowLines(row, report, paint)),
    ...others.flatMap((other) => [
      `  ${paint(other.hasEnded || other.kind === "undeclared" ? "warning" : "faint", "not to be signed:")} ${escapeTerminal(describeOther(other))}`,
      ...(other.reason === null ? [] : [`    ${escapeTerminal(oneLine(other.reason))}`]),
    ]),
  ];
}

function rowLines(row: ReviewedRow, { live }: ReviewReport, paint: Paint): readonly string[] {
  const { key, environments, reason, owners, span, past } = row;
  const where = environments.length === 0 ? "in no environment" : `in ${enumerateWords(environments, "and")}`;
  const members = describeMembers(row);
  const state = paint(row.state === "current" ? "good" : "warning", escapeTerminal(describeState(row)));
  const inner = [
    [oneLine(reason), ...describeTerms(row), `${span.file}:${span.line}`].join(" · "),
    ...(members === null ? [] : [members]),
    ...(owners.length < 2 ? [] : [`of ${enumerateWords(owners, "and")}`]),
    ...(past === null ? [] : describePast(row, past)),
    ...(row.live ?? []).map(
      (pair) =>
        `live in ${live?.environment ?? ""}: ${members === null ? "" : `${pair.caller} -> ${pair.callee}: `}${describeLive(pair)}`,
    ),
  ];
  return [
    `  ${paint("strong", escapeTerminal(key))} ${escapeTerminal(where)}  ${state}`,
    ...inner.map((line) => `    ${escapeTerminal(line)}`),
  ];
}
