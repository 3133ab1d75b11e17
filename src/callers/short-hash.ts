import { createHash } from "node:crypto";

/**
 * Sixteen hexadecimal digits of some texts, which tell them apart in a name also where somebody looks for two that are
 * alike. Where the texts are split counts.
 */
export function shortHash(...texts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(texts)).digest("hex").slice(0, 16);
}
