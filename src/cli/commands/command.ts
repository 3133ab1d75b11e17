import type { Command } from "commander";
import type { ExitCode } from "../exit-codes.ts";
import type { Session } from "../session.ts";

/** Makes an action of commander's out of one of ours. */
export type Bind = <Arguments extends readonly unknown[]>(
  run: (session: Session, ...args: Arguments) => ExitCode | Promise<ExitCode>,
) => (...args: Arguments) => Promise<void>;

/** Adds one command to the program. The code that it runs is loaded when it runs. */
export type Register = (program: Command, bind: Bind) => void;
