import type { Command } from "commander";
import type { Io } from "./io.ts";

/** What every command is given: the world, and what the common options say. */
export interface Session {
  readonly io: Io;
  readonly color: { readonly stdout: boolean; readonly stderr: boolean };
  readonly quiet: boolean;
  readonly verbose: boolean;
}

/** What the common options of a command line say. */
export function sessionOf(io: Io, program: Command): Session {
  const { color, quiet, verbose } = program.opts<{ color: string; quiet?: boolean; verbose?: boolean }>();
  // no-color.org: any text in NO_COLOR counts, and an explicit flag wins.
  const isWanted = (isTerminal: boolean): boolean =>
    color === "always" ||
    (color === "auto" && isTerminal && (io.env["NO_COLOR"] ?? "") === "" && io.env["TERM"] !== "dumb");
  return {
    io,
    color: { stdout: isWanted(io.stdout.isTerminal), stderr: isWanted(io.stderr.isTerminal) },
    quiet: quiet === true,
    verbose: verbose === true,
  };
}
