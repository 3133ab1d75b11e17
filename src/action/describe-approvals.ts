import { markdownTable } from "../report/markdown/markdown-table.ts";
import { markdownCode, markdownText } from "../report/markdown/markdown-text.ts";
import type { Approvals, Need, NeedState } from "./approvals.ts";

/** A matrix has tens of owners; what one change needs of them fits here, and a comment has an end. */
const MOST_ROWS = 50;

const stateWords: Readonly<Record<NeedState, string>> = {
  approved: "approved",
  missing: "not yet",
  unknown: "unknown",
  unassigned: "nobody can",
};

/** Who has approved, as Markdown. */
export function approvalsMarkdown({ needs, complete, head }: Approvals): string {
  if (needs.length === 0) return "No approval is needed.\n";
  const rows = needs
    .slice(0, MOST_ROWS)
    .map((need) => [
      need.owner === null ? "nobody" : markdownCode(need.owner),
      need.github.map(markdownCode).join(" and "),
      [stateWords[need.state], ...peopleOf(need).map(markdownCode)].join(" "),
      need.problems.map(markdownText).join("; "),
    ]);
  const rest = needs.length > MOST_ROWS ? [`and ${needs.length - MOST_ROWS} more in the record`] : [];
  return `${[
    `### ${complete ? "Approved" : "Not approved yet"}`,
    "",
    `Approvals of the head commit ${markdownCode(head)}:`,
    "",
    ...markdownTable(["owner", "on GitHub", "approved", ""], rows),
    ...rest,
  ].join("\n")}\n`;
}

/** Who has approved, one line each, for the log. */
export function approvalsLines({ needs }: Approvals): readonly string[] {
  return needs.map((need) => {
    const people = peopleOf(need);
    const detail = [...need.problems, ...(people.length > 0 ? [`by ${people.join(", ")}`] : [])].join("; ");
    return `${need.owner ?? "nobody"} (${need.github.join(" and ") || "not on GitHub"}): ${stateWords[need.state]}${detail === "" ? "" : `, ${detail}`}`;
  });
}

function peopleOf({ approvals }: Need): readonly string[] {
  return [...new Set(approvals.map(({ user }) => user))];
}
