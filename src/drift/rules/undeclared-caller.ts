import type { DriftRule } from "../drift-rule.ts";
import { grantDrafts, mayCall, opened, subject } from "../grant-drafts.ts";
import { removalPending } from "../removal-pending.ts";
import { trustLine } from "../trust-line.ts";

/** A member of the row itself that no edge declares. */
export const undeclaredCaller: DriftRule = {
  id: "undeclared-caller",
  severity: "error",
  summary: "somebody may call by a grant on the service that no edge declares",
  criteria: ["CC6.1", "CC6.3"],
  *check(context) {
    yield* grantDrafts(context, "undeclared-caller", ({ hop, principal, places, first }) => ({
      message: `${subject(principal, context)} ${mayCall(places)} ${opened(places)}, and no edge says so`,
      declare: trustLine(principal, first.live, context),
      ...removalPending(hop, first.live),
    }));
  },
};
