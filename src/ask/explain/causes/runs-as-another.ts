import { isDefaultAccount } from "../../../access/default-accounts.ts";
import { updateCommand } from "../../../drift/run-command.ts";
import type { Cause } from "../case.ts";
import { mayCallAny } from "../may-call-any.ts";

/** A service calls as the account that it was deployed with, whatever the matrix says. */
export const runsAsAnother: Cause = {
  id: "runs-as-another",
  title: "the caller runs as another account",
  statuses: [403],
  needs: "live",
  find({ caller: { email, service }, live }) {
    if (live === null || email === undefined || service === undefined) return undefined;
    const others = live.runs.flatMap(({ region, at }) =>
      typeof at === "string" || at.account === email ? [] : [{ region, at }],
    );
    const [first] = others;
    if (first === undefined) return undefined;
    const barred = others.filter(
      ({ at }) => at.account === undefined || !mayCallAny(live, `serviceAccount:${at.account}`),
    );
    const evidence = others.map(({ region, at: { account } }) => {
      const previous = service.previousAccounts.find((each) => each.email.toLowerCase() === account);
      const what =
        account === undefined
          ? "the default compute account"
          : isDefaultAccount(account)
            ? `the default account ${account}`
            : previous === undefined
              ? account
              : `its previous account ${account} (until ${previous.until})`;
      const can = account !== undefined && mayCallAny(live, `serviceAccount:${account}`);
      return `in ${region} it runs as ${what}, not as ${email}; that account ${can ? "may call as well" : "may not call"}`;
    });
    return {
      likelihood: barred.length === 0 ? "possible" : barred.length === live.runs.length ? "certain" : "likely",
      evidence,
      fix: `deploy it with its own account: ${updateCommand(first.at, `--service-account=${email}`)}`,
    };
  },
};
