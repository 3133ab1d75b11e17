import type { Cause } from "../case.ts";

/** docs: /iam/docs/deny-overview — deny policies hang at every level above, and few may read those at the top. */
export const denyUnread: Cause = {
  id: "deny-unread",
  title: "a deny policy that was not read may stop the caller",
  statuses: [403],
  needs: "live",
  find({ live }) {
    const unread = (live?.found ?? []).filter(({ rows }) => rows.some((row) => row.denyUnread));
    return unread.length === 0
      ? undefined
      : {
          likelihood: "possible",
          evidence: unread.map(({ service }) => `not every deny policy above ${service.resource} was read`),
          fix: "have somebody read them who may: roles/iam.denyReviewer at the organization",
        };
  },
};
