import type { Draft } from "../../finding/draft.ts";
import { accountHolders } from "../model/account-holders.ts";
import type { Rule } from "./rule.ts";

/** The accounts that Google makes for a project, which everything without an account of its own runs as. */
const defaultAccount = /^([0-9]+-compute@developer|[a-z0-9-]+@appspot|[0-9]+@cloudservices)\.gserviceaccount\.com$/;

/** The default account is everybody's, and usually an editor of the whole project. */
export const defaultAccountRule: Rule = {
  id: "default-account",
  severity: "error",
  summary: "a service or caller that runs as a default account of its project",
  stopsSynth: false,
  *check(matrix) {
    const previous = [...matrix.worlds].flatMap(({ environment, services }) =>
      [...services.values()].flatMap(({ key, declared, previousAccounts }) =>
        previousAccounts.map(({ email }) => ({
          holder: key,
          environment: environment.name,
          email,
          place: declared.place,
        })),
      ),
    );
    const current = accountHolders(matrix).map(({ holder, environment, account, place }) => ({
      holder,
      environment,
      email: account.email,
      place,
    }));
    for (const { holder, environment, email, place } of [...current, ...previous]) {
      if (!defaultAccount.test(email)) continue;
      yield {
        message: `${holder} is ${email}, which everything without an account of its own runs as`,
        help: "give it an account of its own",
        at: place,
        environment,
        service: holder,
      } satisfies Draft;
    }
  },
};
