import { createHmac, scrypt } from "node:crypto";
import { canonicalValue } from "./canonical-value.ts";

/** How values become ids. The key, or the salt, decides: without it no two runs have the same ids. */
export type IdScheme =
  | { readonly by: "hmac-sha256"; readonly key: Uint8Array }
  | { readonly by: "scrypt"; readonly salt: Uint8Array };

/** 32 MiB and a twentieth of a second for each guess. docs: RFC 7914, and OWASP's page on password storage */
export const scryptCost = { N: 2 ** 15, r: 8, p: 1 } as const;

/** More than the 32 MiB that scrypt takes: Node.js counts some more. */
const MAX_MEMORY = 64 * 1024 * 1024;

const ID_BYTES = 16;

/** The ids of values, in their order. */
export function identify(values: readonly string[], scheme: IdScheme): Promise<readonly string[]> {
  return Promise.all(values.map((value) => idOf(canonicalValue(value), scheme)));
}

/** Tells one key from another without giving it away. */
export function keyCheck(key: Uint8Array): string {
  return createHmac("sha256", key)
    .update("matrix sweep: is this the key")
    .digest("hex")
    .slice(0, 2 * ID_BYTES);
}

function idOf(value: string, scheme: IdScheme): Promise<string> | string {
  if (scheme.by === "hmac-sha256")
    return createHmac("sha256", scheme.key)
      .update(value)
      .digest("hex")
      .slice(0, 2 * ID_BYTES);
  return new Promise((resolve, reject) => {
    scrypt(value, scheme.salt, ID_BYTES, { ...scryptCost, maxmem: MAX_MEMORY }, (error, key) => {
      if (error === null) resolve(key.toString("hex"));
      else reject(error);
    });
  });
}
