import { createHash } from "node:crypto";

/** Lengths of a service account's id (google/iam/admin/v1/iam.proto; the provider's ValidateRFC1035Name(6, 30)). */
const MIN_LENGTH = 6;
const MAX_LENGTH = 30;
const HASH_LENGTH = 8;

export const DEFAULT_TEMPLATE = "{service}-sa";

/**
 * The id of a service's account: a function of its name and the template only. A name that fits stays readable; one
 * that is too long is cut, and it or one that is too short ends with a hash, so that two names never share an id.
 */
export function accountIdFor(name: string, template: string): string {
  const id = template.replace("{service}", () => name);
  if (isValidAccountId(id)) return id;
  const hash = createHash("sha256").update(id).digest().subarray(0, 5);
  const kept = id.slice(0, MAX_LENGTH - HASH_LENGTH - 1).replace(/-+$/, "");
  return `${kept}-${base32(hash)}`;
}

/** Whether Google takes the id. */
export function isValidAccountId(id: string): boolean {
  return id.length >= MIN_LENGTH && id.length <= MAX_LENGTH && /^[a-z]([a-z0-9-]*[a-z0-9])?$/.test(id);
}

/** 5 bytes as 8 lower-case letters and digits. */
function base32(bytes: Uint8Array): string {
  let bits = 0n;
  for (const byte of bytes) bits = (bits << 8n) | BigInt(byte);
  return bits.toString(32).padStart(HASH_LENGTH, "0");
}
