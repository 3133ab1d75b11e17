import { shellCommand } from "../../shell/quote-shell.ts";
import { compareText } from "../../words/compare-text.ts";
import { count } from "../../words/enumerate-words.ts";
import { placeOf } from "../place-of.ts";
import type { DriftRule } from "../drift-rule.ts";
import { valueOf } from "../../snapshot/value-of.ts";

/** A key that left Google is a shared secret: whoever has it calls as the account, from anywhere. */
export const userManagedKey: DriftRule = {
  id: "user-managed-key",
  severity: "warning",
  summary: "an account that may call has keys that people manage",
  criteria: ["CC6.1"],
  *check(context) {
    for (const { email, keys } of context.snapshot.accounts) {
      // A key whose time is over opens nothing any more.
      const active = (valueOf(keys) ?? [])
        .filter(({ disabled, validBefore }) => !disabled && !(Date.parse(validBefore) <= context.matrix.asOf))
        .map(({ id }) => id)
        .sort(compareText);
      if (active.length === 0) continue;
      const principal = `serviceAccount:${email}`;
      const places = context.placesOf(principal);
      const callers = context.names.namesOf(principal);
      if (places.length === 0 && callers.length === 0) continue;
      const [caller] = callers;
      yield {
        message: `${caller === undefined ? email : `${caller} (${email})`} has ${count(active.length, "key")} that people manage: ${active.join(", ")}`,
        fix: `let it use tokens of the platform, then: ${active.map((id) => shellCommand(["gcloud", "iam", "service-accounts", "keys", "delete", id, `--iam-account=${email}`])).join("; ")}`,
        services: [...new Set(places.map(({ name }) => name))].sort(),
        principal,
        ...(caller === undefined ? {} : { caller }),
        resource: email,
        identity: [email, ...active],
        ...placeOf(caller, context),
      };
    }
  },
};
