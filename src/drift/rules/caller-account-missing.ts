import type { DriftRule } from "../drift-rule.ts";
import { accountsInUse } from "../accounts-in-use.ts";
import { valueOf } from "../../snapshot/value-of.ts";

/** Nobody can present a token of an account that does not exist. */
export const callerAccountMissing: DriftRule = {
  id: "caller-account-missing",
  severity: "error",
  summary: "the account of a declared caller does not exist",
  criteria: ["CC6.1"],
  *check(context) {
    for (const { email, caller, callees, stack, place } of accountsInUse(context)) {
      const record = context.accountOf(email);
      if (record === undefined || valueOf(record.details) !== null) continue;
      yield {
        message: `the account of ${caller}, ${email}, does not exist, so its calls fail`,
        fix:
          stack === undefined
            ? "make the account, or correct its email in the matrix"
            : "apply what matrix synth writes",
        services: callees,
        principal: `serviceAccount:${email}`,
        caller,
        resource: email,
        identity: [email],
        at: place,
        ...(stack === undefined ? {} : { pending: { kind: "addition" as const, stack } }),
      };
    }
  },
};
