import type { Guardrails } from "../../matrix/schema/generated/document.ts";
import { compareText } from "../../words/compare-text.ts";
import type { StackScope } from "./stack-scope.ts";
import type { PolicyPlan } from "./stack-plan.ts";

/** The organization policies that an environment's guardrails put on each project of a stack. */
export function planPolicies({ world, projects }: StackScope): readonly PolicyPlan[] {
  const rules = policyRules(world.environment.guardrails);
  const ids = projects.map(({ id }) => id).sort(compareText);
  return ids.flatMap((project) => rules.map((rule) => ({ project, ...rule })));
}

/** Names of constraints: cloud-foundation-fabric, hardened datasets (11c1d24). */
function policyRules(guardrails: Guardrails): readonly Omit<PolicyPlan, "project">[] {
  const rules: Omit<PolicyPlan, "project">[] = [];
  const ingress = guardrails["allowed-ingress"];
  if (ingress !== undefined)
    rules.push({
      guardrail: "allowed-ingress",
      constraint: "run.allowedIngress",
      rule: { allowedValues: ingress.map((value) => `is:${value}`).sort(compareText) },
    });
  if (guardrails["forbid-account-keys"] === true) {
    rules.push({
      guardrail: "forbid-account-keys",
      constraint: "iam.disableServiceAccountKeyCreation",
      rule: { enforce: true },
    });
    rules.push({
      guardrail: "forbid-account-key-upload",
      constraint: "iam.disableServiceAccountKeyUpload",
      rule: { enforce: true },
    });
  }
  if (guardrails["require-invoker-check"] === true)
    rules.push({
      guardrail: "require-invoker-check",
      constraint: "run.managed.requireInvokerIam",
      rule: { enforce: true },
    });
  return rules;
}
