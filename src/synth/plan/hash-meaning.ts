import { createHash } from "node:crypto";
import { canonicalJson } from "../../words/canonical-json.ts";
import type { StackPlan } from "./stack-plan.ts";

/**
 * A SHA-256, in hex, over what a stack declares about identities and access. Two texts that mean the same have the
 * same hash; reasons, owners and comments are not part of it. It tells "not applied yet" from drift.
 */
export function hashMeaning(meaning: Pick<StackPlan, "accounts" | "policies" | "rows" | "services">): string {
  return createHash("sha256")
    .update(canonicalJson({ version: 1, ...meaning }))
    .digest("hex");
}
