import { spawnSync } from "node:child_process";
import type { Io } from "./io.ts";
import { UsageError } from "./usage-error.ts";

/** Somebody may have to touch a token, or log in. */
const PATIENCE_MS = 5 * 60 * 1000;
const MAX_SIGNATURE = 64 * 1024;

/**
 * A signature in base64, made by another program of the bytes on its standard input. No shell sees its words.
 * @param patience in milliseconds
 * @throws UsageError where it fails, or writes something else
 */
export function signWith(
  { cwd, env }: Pick<Io, "cwd" | "env">,
  program: string,
  words: readonly string[],
  bytes: Uint8Array,
  patience = PATIENCE_MS,
): string {
  const { status, stdout, error } = spawnSync(program, words, {
    cwd,
    env: { ...env },
    input: bytes,
    timeout: patience,
    // One that ignores the end would keep us for ever. It shares our terminal, where somebody may type a password: in a
    // process group of its own it could not ask, so programs that it started itself are left to it.
    killSignal: "SIGKILL",
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
  if (!isSignature(Buffer.from(text, "base64")))
    throw new UsageError(
      `${program} wrote ${Buffer.from(text, "base64").length} bytes, which no signature has`,
      "it must write the signature alone: of Ed25519, Ed448, ECDSA in DER, or RSA",
    );
  return text;
}

/** Whether bytes can be a signature, by their length. spec: RFC 8032, RFC 3279 section 2.2.3, RFC 8017 */
function isSignature(bytes: Uint8Array): boolean {
  const [tag, length = 0, long = 0] = bytes;
  const isSequence = tag === 0x30 && (length < 0x80 ? length + 2 : length === 0x81 ? long + 3 : 0) === bytes.length;
  const isRsa = bytes.length >= 256 && bytes.length <= 2048 && bytes.length % 8 === 0;
  return bytes.length === ED25519 || bytes.length === ED448 || (isSequence && bytes.length >= 48) || isRsa;
}

const ED25519 = 64;
const ED448 = 114;
