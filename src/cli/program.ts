import { Command, Option } from "commander";
import { registerCommands } from "./commands/registry.ts";
import type { ExitCode } from "./exit-codes.ts";
import type { Io } from "./io.ts";
import { version } from "./version.ts";

/** What every command is given: the world, and what the common options say. */
export interface Session {
  readonly io: Io;
  readonly color: { readonly stdout: boolean; readonly stderr: boolean };
  readonly quiet: boolean;
  readonly verbose: boolean;
}

/** The command line of matrix. `done` is told the exit code of the command that ran. */
export function createProgram(io: Io, done: (code: ExitCode) => void): Command {
  const program = new Command("matrix")
    .description(
      "Declared, enforced and reviewable access between Cloud Run services:\none YAML file, caller -> callee -> reason, becomes Terraform.",
    )
    .version(version, "-V, --version", "show the version")
    .helpOption("-h, --help", "show help")
    .helpCommand(false)
    .configureHelp({ showGlobalOptions: true })
    .addOption(new Option("--color <when>", "colour the output").choices(["auto", "always", "never"]).default("auto"))
    .option("-q, --quiet", "say only what matters for the exit code")
    .option("-v, --verbose", "say more")
    .showHelpAfterError("(matrix --help shows how it is used)")
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      getOutHelpWidth: () => io.stdout.width,
      getErrHelpWidth: () => io.stderr.width,
    })
    .exitOverride();
  registerCommands(
    program,
    (run) =>
      async (...args) =>
        done(await run(sessionOf(io, program), ...args)),
  );
  return program;
}

function sessionOf(io: Io, program: Command): Session {
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
