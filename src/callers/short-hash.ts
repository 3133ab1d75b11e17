import { createHash } from "node:crypto";

/** Eight hexadecimal digits of some texts, which tell them apart in a name. Where the texts are split counts. */
export function shortHash(...texts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(texts)).digest("hex").slice(0, 8);
}
