import type { OwnerReview, ReviewedRow, ReviewReport } from "../../access-review/review-report.ts";
import { rowName, whereOf } from "../../access-review/review-rows.ts";
import { count, enumerateWords } from "../../words/enumerate-words.ts";
import { markdownCode, markdownText } from "../markdown/markdown-text.ts";
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

/**
 * The worksheet: what a reviewer ticks and gives back to `matrix review sign --worksheet`. The headings of owners and the
 * first line of a row are all that is read again (src/access-review/read-worksheet.ts, and as strictly as it is written
 * here), so no text of the matrix but names stands there.
 */
export const markdown: ReviewFormatter = (report) =>
  [
    "# Access review",
    "",
    `${markdownText(headline(report))}.`,
    "",
    ...[`judged at ${report.asOf}`, ...notes(report)].map((note) => `- ${markdownText(note)}`),
    `- matrix ${markdownCode(report.sha256)}`,
    "",
    "Tick what is still needed, and leave open what is not. Then: `matrix review sign --worksheet FILE`.",
    "",
    ...report.owners.flatMap((owner) => [...ownerLines(owner, report), ""]),
  ]
    .map((line) => `${line}\n`)
    .join("");

function ownerLines({ owner, contact, summary, rows, others }: OwnerReview, report: ReviewReport): readonly string[] {
  return [
    `## ${markdownText(ownerName(owner))}`,
    "",
    ...(contact === null ? [] : [`Contact: ${markdownText(contact)}`, ""]),
    `${count(summary.rows, "row")}, ${summary.overdue} to review.`,
    "",
    ...rows.flatMap((row) => rowLines(row, report)),
    ...(others.length === 0
      ? []
      : [
          ...(rows.length === 0 ? [] : [""]),
          "Seen besides, and not to be signed here:",
          "",
          ...others.flatMap((other) => [
            `- ${markdownText(describeOther(other))}${other.reason === null ? "" : `: ${markdownText(other.reason)}`}`,
          ]),
        ]),
    "",
    "Reviewer: ____________________  Date: ____________________",
  ];
}

function rowLines(row: ReviewedRow, { live }: ReviewReport): readonly string[] {
  const { key, owners, reason, past, span } = row;
  const members = describeMembers(row);
  const below = [
    `Reason: ${reason}`,
    ...describeTerms(row),
    ...(members === null ? [] : [members]),
    ...(owners.length < 2 ? [] : [`to be ticked by each of ${enumerateWords(owners, "and")}`]),
    describeState(row),
    ...(past === null ? [] : describePast(row, past)),
    ...(row.live ?? []).map(
      (pair) =>
        `live in ${live?.environment ?? ""}: ${members === null ? "" : `${pair.caller} -> ${pair.callee}: `}${describeLive(pair)}`,
    ),
    `${span.file}:${span.line}`,
  ];
  return [
    `- [ ] ${markdownCode(key)} in ${markdownText(whereOf(row))}, row \`${rowName(row)}\``,
    ...below.map((line) => `  - ${markdownText(line)}`),
  ];
}
