import type { DriftRule } from "../drift-rule.ts";
import { oddDrafts } from "../odd-drafts.ts";

/** docs: /iam/docs/principal-identifiers — it counts against limits, and works again once the account is undeleted. */
export const deletedMember: DriftRule = {
  id: "deleted-member",
  severity: "warning",
  summary: "a grant names an identity that was deleted, and would have it again if it came back",
  criteria: ["CC6.2"],
  *check(context) {
    yield* oddDrafts(context, "deleted", (hop) => ({
      message: `${hop.role} on ${hop.resource} names a deleted identity: ${hop.member}`,
    }));
  },
};
