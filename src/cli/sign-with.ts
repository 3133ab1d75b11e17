import { spawnSync } from "node:child_process";
import type { Io } from "./io.ts";
import { UsageError } from "./usage-error.ts";

/** Somebody may have to touch a token, or log in. */
const PATIENCE_MS = 5 * 60 * 1000;
const MAX_SIGNATURE = 64 * 1024;

/**
 * A signature in base64, made by another program of the bytes on its standard input. No shell sees its words.
 * @throws UsageError where it fails, or writes something else
 */
export function signWith({ cwd, env }: Io, program: string, words: readonly string[], bytes: Uint8Array): string {
  const { status, stdout, error } = spawnSync(program, words, {
    cwd,
    env: { ...env },
    input: bytes,
    timeout: PATIENCE_MS,
    maxBuffer: MAX_SIGNATURE,
    stdio: ["pipe", "pipe", "inherit"],
  });
  // A program that does not read its input ends the pipe, and may be right all the same.
  const isBroken = error !== undefined && (error as NodeJS.ErrnoException).code !== "EPIPE";
  if (isBroken || status !== 0)
    throw new UsageError(
      `${program} did not sign (${isBroken ? ((error as NodeJS.ErrnoException).code ?? "it could not run") : `exit code ${status}`})`,
      "it is run without a shell: give its words with --sign-arg",
    );
  const text = stdout.toString("utf8").replaceAll(/\s/g, "");
  if (text === "" || Buffer.from(text, "base64").toString("base64") !== text)
    throw new UsageError(`${program} wrote something else than a signature in base64`, "wrap it in a script that does");
  return text;
}
