import { CommanderError } from "commander";
import { FileError } from "../files/file-error.ts";
import { escapeTerminal } from "../report/terminal/escape-terminal.ts";
import { type ExitCode, exitCodes } from "./exit-codes.ts";
import type { Io } from "./io.ts";
import { createProgram } from "./program.ts";
import { UsageError } from "./usage-error.ts";
import { version } from "./version.ts";

/**
 * The whole program as a function of its arguments and the world.
 * @param argv the arguments, without the program itself
 */
export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  let code: ExitCode = exitCodes.clean.code;
  const program = createProgram(io, (result) => {
    code = result;
  });
  try {
    await program.parseAsync(argv, { from: "user" });
    return code;
  } catch (error) {
    return explain(error, io);
  }
}

function explain(error: unknown, io: Io): ExitCode {
  // Commander has said what is wrong by then; help and version end with 0.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.clean.code : exitCodes.usage.code;
  if (error instanceof UsageError) {
    io.stderr.write(`error: ${escapeTerminal(error.message)}\n`);
    if (error.help !== undefined) io.stderr.write(`  help: ${escapeTerminal(error.help)}\n`);
    return exitCodes.usage.code;
  }
  if (error instanceof FileError) {
    io.stderr.write(`error: ${escapeTerminal(error.message)}\n`);
    return error.kind === "read" ? exitCodes.usage.code : exitCodes.incomplete.code;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  io.stderr.write(`matrix ${version} has a bug. Please report it with what follows and, if you may, the matrix.\n`);
  io.stderr.write(`${text.split("\n").map(escapeTerminal).join("\n")}\n`);
  return exitCodes.bug.code;
}
