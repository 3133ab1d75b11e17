import { shellCommand } from "../../shell/quote-shell.ts";
import type { DriftRule } from "../drift-rule.ts";
import { isDefaultAccount, runtimeAccountOf } from "../runtime-accounts.ts";

/** What a service calls as decides what it may call. */
export const wrongRuntimeAccount: DriftRule = {
  id: "wrong-runtime-account",
  severity: "error",
  summary: "a service runs as another account than the matrix says",
  criteria: ["CC6.1", "CC6.3"],
  *check(context) {
    for (const { declared, service, name } of context.live) {
      if (declared === undefined) continue;
      const actual = runtimeAccountOf(service, context.snapshot);
      const wanted = declared.account.email.toLowerCase();
      if (actual === undefined || actual === wanted || isDefaultAccount(actual)) continue;
      const previous = declared.previousAccounts.find(
        ({ email, end }) => email.toLowerCase() === actual && end !== undefined && context.matrix.asOf < end,
      );
      const { record, project } = service;
      yield {
        ...(previous === undefined ? {} : { severity: "info" as const }),
        message:
          previous === undefined
            ? `${name} runs in ${record.region} as ${actual}, and the matrix says ${wanted}`
            : `${name} still runs in ${record.region} as its previous account ${actual}, which may call until ${previous.until}`,
        fix: shellCommand([
          "gcloud",
          "run",
          record.kind === "job" ? "jobs" : "services",
          "update",
          record.name,
          "--service-account",
          wanted,
          "--region",
          record.region,
          "--project",
          project,
        ]),
        services: [name],
        principal: `serviceAccount:${actual}`,
        resource: service.resource,
        identity: [service.resource, actual],
        at: declared.declared.place,
        ...(declared.image === undefined
          ? {}
          : { pending: { kind: "addition" as const, stack: declared.project.stack } }),
      };
    }
  },
};
