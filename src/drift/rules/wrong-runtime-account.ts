import type { DriftRule } from "../drift-rule.ts";
import { updateCommand } from "../run-command.ts";
import { isDefaultAccount } from "../../access/default-accounts.ts";

/** What a service calls as decides what it may call. */
export const wrongRuntimeAccount: DriftRule = {
  id: "wrong-runtime-account",
  severity: "error",
  summary: "a service runs as another account than the matrix says",
  criteria: ["CC6.1", "CC6.3"],
  *check(context) {
    for (const { declared, service, name } of context.live) {
      if (declared === undefined) continue;
      const actual = service.account;
      const wanted = declared.account.email.toLowerCase();
      if (actual === undefined || actual === wanted || isDefaultAccount(actual)) continue;
      const previous = declared.previousAccounts.find(
        ({ email, end }) => email.toLowerCase() === actual && end !== undefined && context.matrix.asOf < end,
      );
      const { record } = service;
      yield {
        ...(previous === undefined ? {} : { severity: "info" as const }),
        message:
          previous === undefined
            ? `${name} runs in ${record.region} as ${actual}, and the matrix says ${wanted}`
            : `${name} still runs in ${record.region} as its previous account ${actual}, which may call until ${previous.until}`,
        fix: `${updateCommand(service, "--service-account", wanted)}; or, if ${actual} is right, write it as its account in the matrix`,
        services: [name],
        principal: `serviceAccount:${actual}`,
        resource: service.resource,
        identity: [service.resource, actual],
        at: declared.declared.place,
      };
    }
  },
};
