import { execFile } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

export interface Outcome {
  readonly stdout: string;
  readonly exitCode: number;
}

export class TerraformError extends Error {
  readonly exitCode: number | undefined;

  constructor(args: readonly string[], exitCode: number | undefined, output: string) {
    super(`terraform ${args.join(" ")} ended with ${exitCode ?? "a signal"}:\n${output}`);
    this.name = "TerraformError";
    this.exitCode = exitCode;
  }
}

/** The path of the `terraform` command, or undefined where there is none. */
export function findTerraform(): string | undefined {
  return (process.env["PATH"] ?? "")
    .split(delimiter)
    .filter((folder) => folder !== "")
    .map((folder) => join(folder, "terraform"))
    .find(isExecutable);
}

/** Runs the command; an exit status that is not among the accepted ones is an error. */
export function execute(
  command: string,
  args: readonly string[],
  where: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
  accepted: readonly number[],
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    execFile(command, args, { ...where, maxBuffer: Infinity }, (error, stdout, stderr) => {
      const exitCode = error ? error.code : 0;
      const status = typeof exitCode === "number" ? exitCode : undefined;
      if (status !== undefined && accepted.includes(status)) resolve({ stdout, exitCode: status });
      else reject(new TerraformError(args, status, stderr || stdout || String(error)));
    });
  });
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
