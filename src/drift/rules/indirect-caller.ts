import { grantIdentity } from "../grant-findings.ts";
import { indirectGrants } from "../indirect-grants.ts";
import type { DriftRule } from "../drift-rule.ts";
import { shortName, subject } from "../grant-drafts.ts";
import { removeCommand } from "../remove-command.ts";
import { count } from "../../words/enumerate-words.ts";

/** Whoever can act as a caller, or change who is one, can call. */
export const indirectCaller: DriftRule = {
  id: "indirect-caller",
  severity: "warning",
  summary: "somebody can come to call a sensitive service by taking on an account or changing a policy",
  criteria: ["CC6.1", "CC6.3"],
  *check(context) {
    for (const { hop, principal, path, services } of indirectGrants(context)) {
      const what = services.length === 1 ? shortName(services[0] ?? "") : count(services.length, "service");
      const fix = removeCommand(hop);
      const [caller] = context.names.namesOf(principal);
      yield {
        confidence: path.allow === "allowed" ? "certain" : path.allow === "conditional" ? "conditional" : "possible",
        message: `${subject(principal, context)} can come to call ${what}: ${ways[hop.kind] ?? "by"} ${hop.role} on ${hop.resource}${hop.condition === null ? "" : `, under a condition (${hop.condition})`}`,
        ...(fix === undefined ? {} : { fix }),
        services,
        principal,
        ...(caller === undefined ? {} : { caller }),
        resource: hop.resource,
        ...(hop.role === null ? {} : { role: hop.role }),
        paths: [path],
        identity: [principal, hop.kind, ...grantIdentity(hop)],
      };
    }
  },
};

const ways: Readonly<Record<string, string>> = {
  impersonate: "it may act as a caller by",
  key: "it may make keys of a caller by",
  "run-as": "it may run something as a caller by",
  "policy-write": "it may change who may by",
  "role-write": "it may change a custom role that grants by",
};
