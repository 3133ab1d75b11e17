import { execFile } from "node:child_process";
import { chmodSync, existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { temporaryFolder } from "../cli/test-io.ts";
import { write } from "./checkout.ts";

/** What npm run build wrote. */
export const dist = fileURLToPath(new URL("../../dist/", import.meta.url));
export const isBuilt = existsSync(`${dist}action.cjs`);

/** The program as users have it on their PATH. @returns a folder for the PATH */
export function installMatrix(): string {
  const folder = temporaryFolder();
  const file = join(folder, "matrix");
  write(folder, "matrix", `#!/bin/sh\nexec "${process.execPath}" "${dist}matrix.cjs" "$@"\n`);
  chmodSync(file, 0o755);
  return folder;
}

export interface Ended {
  readonly code: number;
  readonly output: string;
}

/** Runs a program to its end, while this process goes on serving. Nothing of the environment is inherited but PATH. */
export function runFile(
  file: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(
      file,
      args,
      { cwd, env: { PATH: process.env["PATH"], HOME: cwd, MATRIX_CODE_CACHE: "off", ...env } },
      (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code ?? 1), output: stdout + stderr });
      },
    );
  });
}
