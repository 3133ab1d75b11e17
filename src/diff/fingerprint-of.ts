import { createHash } from "node:crypto";
import { canonicalJson } from "../words/canonical-json.ts";
import type { Fact } from "./fact.ts";

/**
 * SHA-256 in hex over what a fact says, but not where: it stays the same after a rebase, a reordering, a move between
 * files, so that an approval can be tied to it.
 */
export function fingerprintOf({
  kind,
  subject,
  environments,
  from,
  to,
  before,
  after,
}: Omit<Fact, "was" | "at">): string {
  const said = ["matrix/diff/v1", kind, subject, [...environments].sort(), from, to, before, after];
  return createHash("sha256").update(canonicalJson(said)).digest("hex");
}
