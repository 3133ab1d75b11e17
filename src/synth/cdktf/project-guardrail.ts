import { OrgPolicyPolicy } from "@cdktf/provider-google/lib/org-policy-policy/index.js";
import { Construct } from "constructs";
import type { PolicyPlan } from "../plan/stack-plan.ts";

/** An organization policy on a project, so that Google itself refuses what the matrix does not allow. */
export class ProjectGuardrail extends Construct {
  constructor(scope: Construct, id: string, { project, guardrail, constraint, rule }: PolicyPlan) {
    super(scope, id);
    const policy = new OrgPolicyPolicy(this, "policy", {
      name: `projects/${project}/policies/${constraint}`,
      parent: `projects/${project}`,
      spec: {
        rules: ["enforce" in rule ? { enforce: "TRUE" } : { values: { allowedValues: [...rule.allowedValues] } }],
      },
    });
    policy.overrideLogicalId(`${project}_${guardrail}`);
  }
}
