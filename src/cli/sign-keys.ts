import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import { statSync } from "node:fs";
import { resolve } from "node:path";
import type { Session } from "./session.ts";
import { UsageError } from "./usage-error.ts";

const MAX_KEY_BYTES = 64 * 1024;

/**
 * The key that signs. No word of it is ever shown.
 * @throws UsageError where it is none, of another kind, or encrypted
 */
export function readSignKey({ io }: Session, name: string): KeyObject {
  const text = Buffer.from(io.disk.readData(name, MAX_KEY_BYTES)).toString("utf8");
  const help = "make one: openssl genpkey -algorithm ed25519 -out key.pem";
  if (/ENCRYPTED/.test(text))
    throw new UsageError(`${name} is encrypted, and no password is asked for`, "sign with --sign-with, or decrypt it");
  let key: KeyObject;
  try {
    key = createPrivateKey(text);
  } catch {
    throw new UsageError(`${name} is no private key in PEM`, help);
  }
  if (key.asymmetricKeyType !== "ed25519")
    throw new UsageError(`${name} is a key of the kind ${key.asymmetricKeyType ?? "unknown"}, not Ed25519`, help);
  if (process.platform !== "win32" && (statSync(resolve(io.cwd, name)).mode & 0o044) !== 0)
    io.stderr.write("warning: others on this machine can read the key; chmod 600 it\n");
  return key;
}

/** The key that a pack must be signed by. @throws UsageError where it is none, or a private one */
export function readPublicKey({ io }: Session, name: string): KeyObject {
  const text = Buffer.from(io.disk.readData(name, MAX_KEY_BYTES)).toString("utf8");
  const help = "give the public one: openssl pkey -in key.pem -pubout";
  if (/PRIVATE KEY/.test(text)) throw new UsageError(`${name} is a private key`, help);
  try {
    return createPublicKey(text);
  } catch {
    throw new UsageError(`${name} is no public key in PEM`, help);
  }
}
