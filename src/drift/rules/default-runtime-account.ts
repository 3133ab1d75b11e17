import type { DriftRule } from "../drift-rule.ts";
import { stillRunsAs } from "../previous-account.ts";
import { updateCommand } from "../run-command.ts";
import { isDefaultAccount } from "../../access/default-accounts.ts";

/** The default accounts are everybody's, and editors of the whole project unless an organization policy stopped it. */
export const defaultRuntimeAccount: DriftRule = {
  id: "default-runtime-account",
  severity: "error",
  summary: "a service runs as a default account",
  criteria: ["CC6.1", "CC6.3"],
  declaredTwin: "default-account",
  *check(context) {
    for (const { declared, service, name } of context.live) {
      const actual = service.account;
      const isDefault = service.record.account === null || (actual !== undefined && isDefaultAccount(actual));
      // Of services that are not in the matrix it is enough to say that.
      if (!isDefault || declared === undefined) continue;
      const { record } = service;
      const isDeclared = actual === declared.account.email.toLowerCase();
      // On its way out of the default account it is where the matrix knows it to be, until the date.
      const still = actual === undefined ? undefined : stillRunsAs(declared, actual, context.matrix.asOf);
      const isMoving = still?.isOver === false;
      const end = isMoving ? `; as its previous account it may call until ${still.previous.until}` : "";
      yield {
        ...(isDeclared || isMoving ? { severity: "warning" as const } : {}),
        message: `${name} ${isMoving ? "still " : ""}runs in ${record.region} as ${actual ?? "the default compute account of its project"}, which everything without an account of its own shares${end}`,
        fix: isDeclared
          ? "give it an account of its own in the matrix, and deploy it with that"
          : updateCommand(service, "--service-account", declared.account.email),
        services: [name],
        ...(actual === undefined ? {} : { principal: `serviceAccount:${actual}` }),
        resource: service.resource,
        identity: [service.resource, actual ?? null],
        at: declared.declared.place,
      };
    }
  },
};
