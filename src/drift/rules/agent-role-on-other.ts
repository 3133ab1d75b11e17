import type { DriftRule } from "../drift-rule.ts";
import { grantDrafts, mayCall, opened, subject } from "../grant-drafts.ts";

/** Roles of service agents are broad, made for Google's own machines, and change without notice. */
export const agentRoleOnOther: DriftRule = {
  id: "agent-role-on-other",
  severity: "error",
  summary: "a role made for Google's service agents opens services to somebody else",
  criteria: ["CC6.1", "CC6.3"],
  *check(context) {
    yield* grantDrafts(context, "agent-role-on-other", ({ hop, principal, places }) => ({
      message: `${subject(principal, context)} ${mayCall(places)} ${opened(places)} through ${hop.role} on ${hop.resource}, a role that is made for Google's service agents`,
    }));
  },
};
