import { readApproval } from "./read-approval.ts";
import type { ApprovalRecord, ApprovalsPart, HistoryRecord } from "./statement.ts";

/**
 * Which records are about which commits: the commit that was compared or approved itself, or a merge of it. A squash or a
 * rebase makes a commit that no record names; it has none, and the statement says so.
 * @param files records by their names in the pack; each must be one
 */
export function matchApprovals(files: ReadonlyMap<string, string>, { commits }: HistoryRecord): ApprovalsPart {
  const records = [...files].flatMap(([file, text]): readonly ApprovalRecord[] => {
    const facts = readApproval(text);
    if ("problem" in facts) return [];
    const { repository, pullRequest, head, compared, complete, approvers } = facts;
    const about = commits.filter(({ id, parents }) =>
      [id, ...parents.slice(1)].some((each) => each === head || each === compared),
    );
    return [{ file, repository, pullRequest, head, complete, approvers, commits: about.map(({ id }) => id) }];
  });
  return {
    records,
    commits: commits.map(({ id, at, author, subject }) => ({
      id,
      at,
      author,
      subject,
      records: records.filter((record) => record.commits.includes(id)).map(({ file }) => file),
    })),
  };
}
