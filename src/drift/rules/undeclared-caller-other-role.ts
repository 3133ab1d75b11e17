import type { DriftRule } from "../drift-rule.ts";
import { grantDrafts, mayCall, opened, subject } from "../grant-drafts.ts";

/** Terraform's row owns one role; others on the service open the same door. */
export const undeclaredCallerOtherRole: DriftRule = {
  id: "undeclared-caller-other-role",
  severity: "error",
  summary: "somebody may call by a role on the service that is not the one of its row",
  criteria: ["CC6.1", "CC6.3"],
  *check(context) {
    yield* grantDrafts(context, "undeclared-caller-other-role", ({ hop, principal, places, first }) => ({
      message: `${subject(principal, context)} ${mayCall(places)} ${opened(places)} through ${hop.role} on it, and its row is that of ${first.live.declared?.invokerRole}`,
    }));
  },
};
