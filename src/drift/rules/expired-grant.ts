import { applyRevokes } from "../apply-revokes.ts";
import type { DriftRule } from "../drift-rule.ts";
import { grantDrafts, mayCall, opened, subject } from "../grant-drafts.ts";
import { lapsedEdge } from "../lapsed.ts";

/** An edge that expired has no effect in the matrix; the grant stays until the next apply. */
export const expiredGrant: DriftRule = {
  id: "expired-grant",
  severity: "error",
  summary: "a caller whose edge has expired may still call",
  criteria: ["CC6.2", "CC6.3"],
  *check(context) {
    yield* grantDrafts(context, "expired-grant", ({ hop, principal, places, first }) => {
      const clause = lapsedEdge(principal, first.live.declared?.key ?? "", context)?.clause;
      return {
        message: `${subject(principal, context)} ${mayCall(places)} ${opened(places)} though its edge expired (${clause?.expires ?? "?"})`,
        declare: applyRevokes(hop, first.live),
        ...(clause?.end === undefined ? {} : { pending: { kind: "ended" as const, end: clause.end } }),
      };
    });
  },
};
