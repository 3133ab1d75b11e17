import type { Command } from "commander";
import { adopt } from "./adopt.ts";
import { blastRadius } from "./blast-radius.ts";
import { can } from "./can.ts";
import type { Bind, Register } from "./command.ts";
import { changes } from "./changes.ts";
import { codeowners } from "./codeowners.ts";
import { completion } from "./completion.ts";
import { diff } from "./diff.ts";
import { drift } from "./drift.ts";
import { evidence } from "./evidence.ts";
import { explainAccess } from "./explain-access.ts";
import { explain } from "./explain.ts";
import { fmt } from "./fmt.ts";
import { graph } from "./graph.ts";
import { guard } from "./guard.ts";
import { help } from "./help.ts";
import { init } from "./init.ts";
import { list } from "./list.ts";
import { modes } from "./modes.ts";
import { report } from "./report.ts";
import { resolve } from "./resolve.ts";
import { review } from "./review.ts";
import { rules } from "./rules.ts";
import { schema } from "./schema.ts";
import { snapshot } from "./snapshot.ts";
import { sweep } from "./sweep.ts";
import { synth } from "./synth.ts";
import { validate } from "./validate.ts";
import { verify } from "./verify.ts";
import { whoCanCall } from "./who-can-call.ts";
import { wiring } from "./wiring.ts";

/** Every command, in the order in which help lists them. */
const commands: readonly Register[] = [
  validate,
  synth,
  drift,
  snapshot,
  adopt,
  diff,
  guard,
  codeowners,
  whoCanCall,
  can,
  explainAccess,
  blastRadius,
  list,
  graph,
  report,
  evidence,
  changes,
  review,
  wiring,
  verify,
  modes,
  sweep,
  init,
  fmt,
  resolve,
  schema,
  rules,
  explain,
  completion,
  help,
];

export function registerCommands(program: Command, bind: Bind): void {
  for (const register of commands) register(program, bind);
  // What is wrong is told with the help of the command that it is wrong for.
  for (const command of program.commands)
    command.showHelpAfterError(`(${program.name()} ${command.name()} --help shows how it is used)`);
}
