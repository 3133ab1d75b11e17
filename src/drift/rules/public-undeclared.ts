import type { DriftRule } from "../drift-rule.ts";
import { grantDrafts, opened, subject } from "../grant-drafts.ts";
import { removalPending } from "../removal-pending.ts";
import { standsInTheWay } from "../stands-in-the-way.ts";

/** Whatever stands in the way of the network, public is public. */
export const publicUndeclared: DriftRule = {
  id: "public-undeclared",
  severity: "error",
  summary: "everybody may call, and the matrix does not say that the service is public",
  criteria: ["CC6.1", "CC6.6"],
  *check(context) {
    yield* grantDrafts(context, "public-undeclared", ({ hop, principal, places, first }) => ({
      message: `${subject(principal, context)} may call ${opened(places)} through ${hop.role}${hop.level === "service" ? "" : ` on ${hop.resource}`}, and the matrix does not open it${standsInTheWay(places)}`,
      ...removalPending(hop, first.live),
    }));
  },
};
