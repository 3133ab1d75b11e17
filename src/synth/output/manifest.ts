import { compareText } from "../../words/compare-text.ts";

/** The CDKTF whose constructs write the stacks, and whose command line may read them. */
export const CDKTF_VERSION = "0.21.0";

/** The file of a stack in the output folder. */
export function stackFile(name: string): string {
  return `stacks/${name}/cdk.tf.json`;
}

/** The manifest.json by which cdktf-cli finds the stacks of an output folder (cdktf 0.21, lib/manifest.js). */
export function manifestOf(names: readonly string[]): string {
  const stacks = names.toSorted(compareText).map((name) => [
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

/** JSON as it is written to files: indented, one line break at the end. */
export function toText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
