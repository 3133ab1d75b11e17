import type { TerraformState } from "../state/read-terraform-state.ts";
import type { Io } from "./io.ts";
import { readStateText } from "./state-text.ts";
import { UsageError } from "./usage-error.ts";

/**
 * The state of a Terraform configuration that is not ours.
 * @param called what the state is to be called: no other that is given has the same name
 * @param parse comes with the bundle of adopt
 * @throws UsageError where it is no state, or that of a stack of ours
 */
export function readForeignState(
  io: Io,
  name: string,
  called: string,
  parse: (text: string, name: string) => TerraformState | undefined,
): TerraformState {
  const state = readStateText(io, name, (text) => parse(text, called));
  if (state.isOurs)
    throw new UsageError(
      `${name === "-" ? "standard input" : name} is the state of a stack that matrix wrote`,
      "give states of other configurations; for this one use matrix drift --state",
    );
  return state;
}
