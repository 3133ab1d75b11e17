import { createHash } from "node:crypto";
import { canonicalJson } from "../../words/canonical-json.ts";
import type { StackPlan } from "./stack-plan.ts";

/**
 * A SHA-256, in hex, over what a stack declares about identities and access. Two texts that mean the same have the
 * same hash; reasons, descriptions, owners and comments are not part of it. It tells "not applied yet" from drift.
 */
export function hashMeaning({
  accounts,
  ...access
}: Pick<StackPlan, "accounts" | "policies" | "rows" | "services">): string {
  const identities = accounts.map(({ key, email, disabled }) => ({ key, email, disabled }));
  return createHash("sha256")
    .update(canonicalJson({ version: 1, accounts: identities, ...access }))
    .digest("hex");
}
