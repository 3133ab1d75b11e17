import { RootConstruct } from "constructs";
import { compareText } from "../../words/compare-text.ts";
import type { StackPlan } from "../plan/stack-plan.ts";
import { CDKTF_VERSION, MatrixStack } from "./matrix-stack.ts";

/**
 * The files of planned stacks by their path in the output folder. Everything happens in memory: a CDKTF App would
 * create folders, read the environment and run Terraform, so the stacks hang on a plain root.
 */
export function synthesizeStacks(plans: readonly StackPlan[]): ReadonlyMap<string, string> {
  const root = new RootConstruct();
  return new Map(plans.map((plan) => [stackFile(plan.name), toText(new MatrixStack(root, plan).toTerraform())]));
}

/** The file of a stack in the output folder. */
export function stackFile(name: string): string {
  return `stacks/${name}/cdk.tf.json`;
}

/** The manifest.json by which cdktf-cli finds the stacks of an output folder (cdktf 0.21, lib/manifest.js). */
export function manifestOf(names: readonly string[]): string {
  const stacks = names
    .toSorted(compareText)
    .map((name) => [
      name,
      {
        annotations: [],
        constructPath: name,
        dependencies: [],
        name,
        synthesizedStackPath: stackFile(name),
        workingDirectory: `stacks/${name}`,
      },
    ]);
  return toText({ stacks: Object.fromEntries(stacks), version: CDKTF_VERSION });
}

function toText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
