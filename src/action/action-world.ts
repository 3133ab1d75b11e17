import type { Io } from "../cli/io.ts";
import type { run } from "../cli/run.ts";

/** Everything that the action sees of the world: what a command sees, and the program itself. */
export interface ActionWorld {
  readonly io: Io;
  readonly program: typeof run;
}

/** A variable that the runner sets. docs: /en/actions/reference/workflows-and-actions/variables */
export function runnerVariable(
  { io }: ActionWorld,
  name:
    | "GITHUB_API_URL"
    | "GITHUB_EVENT_PATH"
    | "GITHUB_OUTPUT"
    | "GITHUB_REPOSITORY"
    | "GITHUB_STEP_SUMMARY"
    | "GITHUB_WORKSPACE"
    | "RUNNER_TEMP",
): string | undefined {
  const value = io.env[name];
  return value === "" ? undefined : value;
}
