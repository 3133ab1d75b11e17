import type { DriftRule } from "../drift-rule.ts";
import { about, opened, subject } from "../grant-drafts.ts";
import { openGrants } from "../grant-findings.ts";
import { removeCommand } from "../remove-command.ts";

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
      if (grant.hop.kind === "invoker-check" && first.live.declared?.public?.via === "no-invoker-check") continue;
      const fix = removeCommand(grant.hop);
      const way =
        grant.hop.role === null
          ? "because its invoker check is off"
          : `through ${grant.hop.role} on ${grant.hop.resource}`;
      yield {
        ...about(grant, grant.beside, context),
        message: `${subject(grant.principal, context)} may call ${opened(grant.beside)} ${way} as well: deleting the edge would not take it away`,
        ...(fix === undefined ? {} : { fix }),
      };
    }
  },
};
