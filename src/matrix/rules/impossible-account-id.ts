import type { Draft } from "../../finding/draft.ts";
import { isValidAccountId } from "../model/account-id.ts";
import { accountHolders } from "../model/account-holders.ts";
import { accountPlace } from "./account-place.ts";
import type { Rule } from "./rule.ts";

/** Google refuses such an id at apply; better here. */
export const impossibleAccountId: Rule = {
  id: "impossible-account-id",
  severity: "error",
  summary: "an account id that Google does not take",
  stopsSynth: true,
  *check(matrix) {
    for (const holder of accountHolders(matrix)) {
      const { account } = holder;
      if (account.source !== "project" || isValidAccountId(account.id)) continue;
      yield {
        message: `"${account.id}" cannot be an account id`,
        help: "write 6 to 30 lower-case letters, digits and hyphens, a letter first and no hyphen last, or delete id to have one derived",
        at: accountPlace(matrix, holder),
        environment: holder.environment,
        service: holder.holder,
      } satisfies Draft;
    }
  },
};
