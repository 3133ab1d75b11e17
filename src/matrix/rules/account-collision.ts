import type { Draft } from "../../finding/draft.ts";
import { type AccountHolder, accountHolders } from "../model/account-holders.ts";
import { accountPlace } from "./account-place.ts";
import { sharePast } from "./former-name.ts";
import type { Rule } from "./rule.ts";

/** Two resources for one account would fight over it. */
export const accountCollision: Rule = {
  id: "account-collision",
  severity: "error",
  summary: "two names whose account Terraform would manage twice",
  stopsSynth: true,
  *check(matrix) {
    const first = new Map<string, AccountHolder>();
    for (const holder of accountHolders(matrix)) {
      if (!holder.managed) continue;
      const key = `${holder.environment} ${holder.account.email}`;
      const other = first.get(key);
      if (other === undefined) {
        first.set(key, holder);
        continue;
      }
      if (sharePast(matrix, holder.holder, other.holder)) continue;
      yield {
        message: `${holder.holder} and ${other.holder} would both manage the account ${holder.account.email}`,
        help: "give one of them another account.id, or write manage: reference in one",
        at: accountPlace(matrix, holder),
        related: [{ message: `${other.holder} has the same account id`, at: accountPlace(matrix, other) }],
        environment: holder.environment,
        service: holder.holder,
      } satisfies Draft;
    }
  },
};
