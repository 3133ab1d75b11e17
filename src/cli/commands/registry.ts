import type { Command } from "commander";
import type { ExitCode } from "../exit-codes.ts";
import type { Session } from "../program.ts";
import { completion } from "./completion.ts";
import { explain } from "./explain.ts";
import { fmt } from "./fmt.ts";
import { help } from "./help.ts";
import { init } from "./init.ts";
import { resolve } from "./resolve.ts";
import { rules } from "./rules.ts";
import { schema } from "./schema.ts";
import { synth } from "./synth.ts";
import { validate } from "./validate.ts";

/** Makes an action of commander's out of one of ours. */
export type Bind = <Arguments extends readonly unknown[]>(
  run: (session: Session, ...args: Arguments) => ExitCode | Promise<ExitCode>,
) => (...args: Arguments) => Promise<void>;

/** Adds one command to the program. The code that it runs is loaded when it runs. */
export type Register = (program: Command, bind: Bind) => void;

/** Every command, in the order in which help lists them. */
const commands: readonly Register[] = [validate, synth, init, fmt, resolve, schema, rules, explain, completion, help];

export function registerCommands(program: Command, bind: Bind): void {
  for (const register of commands) register(program, bind);
}
