import { applyRevokes } from "../apply-revokes.ts";
import type { DriftRule } from "../drift-rule.ts";
import { grantDrafts, mayCall, opened } from "../grant-drafts.ts";
import { lapsedPreviousAccount } from "../lapsed.ts";

/** The account that a service ran as before may call until its date, and no longer. */
export const expiredPreviousAccount: DriftRule = {
  id: "expired-previous-account",
  severity: "error",
  summary: "a previous account may still call after its date",
  criteria: ["CC6.2", "CC6.3"],
  *check(context) {
    yield* grantDrafts(context, "expired-previous-account", ({ hop, principal, places, first }) => {
      const lapsed = lapsedPreviousAccount(principal, first.live.declared?.key ?? "", context);
      const end = lapsed?.account.end;
      return {
        message: `${principal}, the previous account of ${lapsed?.caller ?? "a caller"}, ${mayCall(places)} ${opened(places)} though its time ended (${lapsed?.account.until ?? "?"})`,
        declare: applyRevokes(hop, first.live),
        ...(end === undefined ? {} : { pending: { kind: "ended" as const, end } }),
      };
    });
  },
};
