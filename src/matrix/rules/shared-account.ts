import type { Draft } from "../../finding/draft.ts";
import { type AccountHolder, accountHolders } from "../model/account-holders.ts";
import type { Rule } from "./rule.ts";

/** Who runs as the same account may call the same services, whatever the matrix says of each. */
export const sharedAccount: Rule = {
  id: "shared-account",
  severity: "warning",
  summary: "two services or callers that run as one account",
  stopsSynth: false,
  *check(matrix) {
    const first = new Map<string, AccountHolder>();
    for (const holder of accountHolders(matrix)) {
      const key = `${holder.environment} ${holder.account.email}`;
      const other = first.get(key);
      if (other === undefined) first.set(key, holder);
      // Two that are both managed are a collision, a graver thing.
      else if (!(holder.managed && other.managed)) {
        yield {
          message: `${holder.holder} and ${other.holder} both run as ${holder.account.email}, so what one may call the other may too`,
          help: "give each an account of its own",
          at: holder.place,
          related: [{ message: `${other.holder} runs as it too`, at: other.place }],
          environment: holder.environment,
          service: holder.holder,
        } satisfies Draft;
      }
    }
  },
};
