import { posix } from "node:path";
import type { TerraformState } from "../state/read-terraform-state.ts";
import type { Io } from "./io.ts";
import { readStateText } from "./state-text.ts";
import { UsageError } from "./usage-error.ts";

/**
 * The state of a Terraform configuration that is not ours.
 * @param parse comes with the bundle of adopt
 * @throws UsageError where it is no state, or that of a stack of ours
 */
export function readForeignState(
  io: Io,
  name: string,
  parse: (text: string, name: string) => TerraformState | undefined,
): TerraformState {
  const state = readStateText(io, name, (text) => parse(text, name === "-" ? "stdin" : posix.basename(name)));
  if (state.isOurs)
    throw new UsageError(
      `${name === "-" ? "standard input" : name} is the state of a stack that matrix wrote`,
      "give states of other configurations; for this one use matrix drift --state",
    );
  return state;
}
