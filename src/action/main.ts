import { nodeIo } from "../cli/node-io.ts";
import { run } from "../cli/run.ts";
import { inputVariables } from "./inputs.ts";
import { runAction } from "./run-action.ts";

async function main(): Promise<void> {
  const io = { ...nodeIo(), env: { ...process.env } };
  // What is started from here, git above all, inherits the rest.
  for (const name of [inputVariables.token, inputVariables["team-token"]]) Reflect.deleteProperty(process.env, name);
  // Not process.exit: what is written may still be on its way.
  process.exitCode = await runAction({ io, program: run });
}

void main();
