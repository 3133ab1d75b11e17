import { yamlText } from "../yaml-text.ts";
import type { DriftRule } from "../drift-rule.ts";
import { grantDrafts, mayCall, opened, subject } from "../grant-drafts.ts";

/** One grant above opens every service below it, so it is one finding. */
export const undeclaredCallerInherited: DriftRule = {
  id: "undeclared-caller-inherited",
  severity: "error",
  summary: "somebody may call by a grant on a project, folder or organization that the matrix does not declare",
  criteria: ["CC6.1", "CC6.3"],
  *check(context) {
    yield* grantDrafts(context, "undeclared-caller-inherited", ({ hop, principal, places }) => ({
      message: `${subject(principal, context)} ${mayCall(places)} ${opened(places)} through ${hop.role} on ${hop.resource}`,
      ...(hop.level === "iap"
        ? {}
        : {
            declare: `declare it under inherited, as NAME: { principal: ${yamlText(principal)}, role: ${yamlText(hop.role ?? "")}, at: [${yamlText(hop.resource)}], reason: WHY }`,
          }),
    }));
  },
};
