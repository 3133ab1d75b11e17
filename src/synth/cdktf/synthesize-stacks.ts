import { RootConstruct } from "constructs";
import { stackFile, toText } from "../output/manifest.ts";
import type { StackPlan } from "../plan/stack-plan.ts";
import { MatrixStack } from "./matrix-stack.ts";

/**
 * The files of planned stacks by their path in the output folder. Everything happens in memory: a CDKTF App would
 * create folders, read the environment and run Terraform, so the stacks hang on a plain root.
 */
export function synthesizeStacks(plans: readonly StackPlan[]): ReadonlyMap<string, string> {
  const root = new RootConstruct();
  return new Map(plans.map((plan) => [stackFile(plan.name), toText(new MatrixStack(root, plan).toTerraform())]));
}
