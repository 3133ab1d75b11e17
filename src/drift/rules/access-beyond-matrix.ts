import type { DriftRule } from "../drift-rule.ts";
import { about, mayCall, opened, subject } from "../grant-drafts.ts";
import { openGrants } from "../grant-findings.ts";
import { removeCommand } from "../remove-command.ts";
import { updateCommand } from "../run-command.ts";

/** A declared caller with a second way in: deleting its edge would not take the access away. */
export const accessBeyondMatrix: DriftRule = {
  id: "access-beyond-matrix",
  severity: "warning",
  summary: "a declared caller may call by a second grant, which would outlive its edge",
  criteria: ["CC6.3"],
  *check(context) {
    for (const grant of openGrants(context)) {
      const [first] = grant.beside;
      // Where it opens something to somebody undeclared, another finding names it.
      if (first === undefined || grant.undeclared.length > 0) continue;
      const isCheckOff = grant.hop.kind === "invoker-check";
      const fix = isCheckOff ? updateCommand(first.live.service, "--invoker-iam-check") : removeCommand(grant.hop);
      const way = isCheckOff
        ? "because its invoker check is off"
        : `through ${grant.hop.role} on ${grant.hop.resource}`;
      const outlives =
        grant.principal === "allUsers"
          ? "deleting its public would not close it"
          : "deleting the edge would not take it away";
      yield {
        ...about(grant, grant.beside, context),
        message: `${subject(grant.principal, context)} ${mayCall(grant.beside)} ${opened(grant.beside)} ${way} as well: ${outlives}`,
        ...(fix === undefined ? {} : { fix }),
      };
    }
  },
};
