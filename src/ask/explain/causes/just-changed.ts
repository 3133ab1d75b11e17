import type { Cause } from "../case.ts";

/** docs: /iam/docs/access-change-propagation */
export const justChanged: Cause = {
  id: "just-changed",
  title: "the policy changed minutes ago",
  statuses: [403],
  needs: "live",
  find({ caller: { principal }, live }) {
    if (live === null || live.found.length === 0) return undefined;
    const rows = live.found.flatMap(({ direct, iap }) => [direct, iap]);
    const groups = new Set(
      rows.flatMap((row) =>
        row === undefined
          ? []
          : [row.through, row.principal === principal ? null : row.principal].filter(
              (each): each is string => each?.startsWith("group:") === true,
            ),
      ),
    );
    const when = live.snapshot.finishedAt;
    return {
      likelihood: "possible",
      evidence: [
        `a changed policy works after two minutes as a rule, and after seven or more at times; a policy does not say when it changed, so what was read at ${when} shows neither`,
        ...[...groups].map((group) => `the caller may call through ${group}: a change of its members can take hours`),
      ],
      fix: "wait ten minutes and call again; matrix changes reads from the audit log who changed it, and when",
    };
  },
};
