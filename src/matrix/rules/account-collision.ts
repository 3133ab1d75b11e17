import type { Draft } from "../../finding/draft.ts";
import { type AccountHolder, accountHolders } from "../model/account-holders.ts";
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
      yield {
        message: `${holder.holder} and ${other.holder} would both manage the account ${holder.account.email}`,
        help: "give one of them an account id of its own, or manage: reference",
        at: holder.place,
        related: [{ message: `${other.holder} has it too`, at: other.place }],
        environment: holder.environment,
        service: holder.holder,
      } satisfies Draft;
    }
  },
};
