import { Command, Option } from "commander";
import { registerCommands } from "./commands/registry.ts";
import type { ExitCode } from "./exit-codes.ts";
import type { Io } from "./io.ts";
import { sessionOf } from "./session.ts";
import { version } from "./version.ts";

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
