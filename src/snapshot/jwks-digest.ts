import { createHash } from "node:crypto";

/**
 * The SHA-256, in hex, of a set of keys (a JWKS) as compact JSON, so that spaces and lines do not matter. What is no
 * JSON is taken as it is: it is equal to nothing that a matrix can name.
 */
export function jwksDigest(text: string): string {
  return createHash("sha256").update(compact(text)).digest("hex");
}

function compact(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return text;
  }
}
