import type { DriftRule } from "../drift-rule.ts";
import { oddDrafts } from "../odd-drafts.ts";

/** A condition that does not do what whoever wrote it wanted. */
export const conditionWithoutEffect: DriftRule = {
  id: "condition-without-effect",
  severity: "warning",
  summary: "a grant has a condition that Cloud Run cannot be scoped by, or that fails",
  criteria: ["CC6.1"],
  *check(context) {
    yield* oddDrafts(context, "resource-condition", (hop) => ({
      ...(hop.level === "service" ? {} : { instead: "grant the role on the services themselves" }),
      message: `the condition of ${hop.role} on ${hop.resource} for ${hop.member} names the resource, and no such condition scopes Cloud Run: ${hop.condition}`,
    }));
    yield* oddDrafts(context, "broken-condition", (hop) => ({
      severity: "error",
      message: `the condition of ${hop.role} on ${hop.resource} for ${hop.member} cannot be evaluated, so it grants nothing here: ${hop.condition}`,
    }));
  },
};
