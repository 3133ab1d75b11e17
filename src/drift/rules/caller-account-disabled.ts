import { shellCommand } from "../../shell/quote-shell.ts";
import { placeOf } from "../place-of.ts";
import type { DriftRule } from "../drift-rule.ts";
import { valueOf } from "../../snapshot/value-of.ts";

/** A disabled account gets no tokens; who enables it again opens what its grants still say. */
export const callerAccountDisabled: DriftRule = {
  id: "caller-account-disabled",
  severity: "warning",
  summary: "an account that may call is disabled",
  criteria: ["CC6.2"],
  *check(context) {
    const disabled = context.snapshot.accounts.filter(({ details }) => valueOf(details)?.disabled === true);
    for (const { email } of disabled) {
      const principal = `serviceAccount:${email}`;
      const places = context.placesOf(principal);
      if (places.length === 0) continue;
      const [caller] = context.names.namesOf(principal);
      yield {
        message: `${caller === undefined ? `the account ${email}` : `the account of ${caller}, ${email},`} is disabled, so its calls fail, and still holds its grants`,
        fix: `take its grants away; or, if it was disabled by mistake: ${shellCommand(["gcloud", "iam", "service-accounts", "enable", email])}`,
        services: [...new Set(places.map(({ name }) => name))].sort(),
        principal,
        ...(caller === undefined ? {} : { caller }),
        resource: email,
        identity: [email],
        ...placeOf(caller, context),
      };
    }
  },
};
