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
    yield* grantDrafts(context, "undeclared-caller", ({ hop, principal, places, first }) => {
      const { live } = first;
      const isItself = context.names.namesOf(principal).includes(live.name);
      const retires = live.declared?.stage === "retiring";
      return {
        message: `${subject(principal, context)} ${mayCall(places)} ${opened(places)}, ${retires ? "which the matrix retires" : isItself ? "which is itself" : "and no edge says so"}`,
        declare: trustLine(hop, principal, live, context),
        ...removalPending(hop, live, context),
      };
    });
  },
};
