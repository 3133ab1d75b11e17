import { type ExitCode, exitCodes } from "../cli/exit-codes.ts";
import { UsageError } from "../cli/usage-error.ts";
import { version } from "../cli/version.ts";
import { FileError } from "../files/file-error.ts";
import { SetupError } from "../http/setup-error.ts";
import { workflowCommand } from "../report/github/workflow-command.ts";
import type { ActionWorld } from "./action-world.ts";
import { CommitDisk } from "./commit-disk.ts";
import { checkMatrix } from "./check-matrix.ts";
import { readTask } from "./read-task.ts";
import { reportResult } from "./report-result.ts";
import { runMatrix } from "./run-matrix.ts";
import { inputVariables } from "./inputs.ts";
import { worstCode } from "./worst-code.ts";

/**
 * The action as a function of the world.
 * @returns the exit code, which means what it means for the command line
 */
export async function runAction(world: ActionWorld): Promise<ExitCode> {
  try {
    const task = readTask(world);
    const { top, repository, versions } = task;
    const disk = new CommitDisk(top, repository.tree(versions.head));
    const io = { ...world.io, env: withoutTokens(world.io.env), cwd: top, disk };
    const checked = await checkMatrix(task, disk, (argv) => runMatrix(world.program, argv, io));
    world.io.stdout.write(checked.log);
    const altered = disk.alteredFile();
    if (altered !== undefined) throw new UsageError(altered.problem, altered.help);
    return worstCode([...checked.codes, await reportResult(world, task, checked)]);
  } catch (error) {
    return explain(error, world);
  }
}

/** No command needs them. */
function withoutTokens(
  env: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string | undefined>> {
  const tokens: readonly string[] = [inputVariables.token, inputVariables["team-token"]];
  return Object.fromEntries(Object.entries(env).filter(([name]) => !tokens.includes(name)));
}

function explain(error: unknown, { io }: ActionWorld): ExitCode {
  const say = (text: string): void => io.stdout.write(`${workflowCommand("error", { title: "matrix" }, text)}\n`);
  if (error instanceof UsageError || error instanceof SetupError) {
    say(error.help === undefined ? error.message : `${error.message}\nhelp: ${error.help}`);
    return exitCodes.usage.code;
  }
  if (error instanceof FileError || (error instanceof Error && "syscall" in error)) {
    say(error.message);
    return exitCodes.incomplete.code;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  say(`the action of matrix ${version} has a bug. Please report it with what follows.\n${text}`);
  return exitCodes.bug.code;
}
