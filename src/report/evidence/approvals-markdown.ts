import type { ApprovalsPart, EvidenceStatement } from "../../evidence/statement.ts";
import { markdownCode, markdownText } from "../markdown/markdown-text.ts";
import { escapedTable } from "./escaped-table.ts";

/** Which changes of the matrix have a record of approval, and what such a record is worth. */
export function approvalsMarkdown({ approvals, recorded: { history } }: EvidenceStatement): readonly string[] {
  const { records, commits } = approvals;
  const repositories = [...new Set(records.map(({ repository }) => repository))];
  return [
    "## Approvals",
    "",
    "Only records of the pull-request check count. What a commit message says, trailers among it, anybody can write: it is proof of nothing and is not read.",
    "",
    ...(records.length === 0
      ? []
      : [
          `The records are not signed by GitHub or by the check, and name ${repositories.map(markdownCode).join(", ")}: whoever made this pack could have written them. Compare them with what the runs of the check kept.`,
          "",
        ]),
    summary(approvals, history.from),
    "",
    ...(history.cutOff === null ? [] : [`There may be more commits: ${markdownText(history.cutOff)}.`, ""]),
    ...escapedTable(
      ["commit", "at", "author", "subject", "record"],
      commits.map((commit) => [
        commit.id.slice(0, 12),
        commit.at,
        commit.author,
        commit.subject,
        recordsOf(commit, approvals),
      ]),
    ),
    ...escapedTable(
      ["record", "pull request", "matrix", "says", "approved by", "commits"],
      records.map((record) => [
        record.file,
        `${record.repository}#${record.pullRequest}`,
        record.matrix,
        record.state,
        record.approvers.join(", "),
        record.commits.length === 0 ? "none here" : record.commits.map((id) => id.slice(0, 12)).join(", "),
      ]),
    ),
  ];
}

function summary({ records, commits }: ApprovalsPart, from: string | null): string {
  const approved = new Set(records.flatMap(({ file, state }) => (state === "approved" ? [file] : [])));
  const without = commits.filter((commit) => commit.records.length === 0).length;
  const unapproved = commits.filter(
    ({ by, records: files }) => by === "commit" && !files.some((file) => approved.has(file)),
  ).length;
  const byChanges = commits.filter(({ by }) => by === "changes").length;
  return [
    `${records.length} records were given. Of ${commits.length} commits that changed the matrix${from === null ? "" : ` since ${from}`}, ${commits.length - without} have a record and ${without} have none.`,
    ...(unapproved === 0 ? [] : [`Of those with a record, ${unapproved} have none that says approved.`]),
    ...(byChanges === 0
      ? []
      : [
          `Matched by their changes: ${byChanges}. No record names these, as a squash or a rebase leaves it; all that they change that needs approval is what a pull request got approval for.`,
        ]),
  ].join(" ");
}

function recordsOf({ records: files, by }: ApprovalsPart["commits"][number], { records }: ApprovalsPart): string {
  if (files.length === 0) return "none";
  const pulls = new Map(records.map(({ file, pullRequest }) => [file, pullRequest]));
  return files
    .map((file) =>
      by === "changes" ? `approved by record of pull request ${pulls.get(file)}, by its changes: ${file}` : file,
    )
    .join(", ");
}
