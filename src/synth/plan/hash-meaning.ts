import { createHash } from "node:crypto";
import { canonicalJson } from "../../words/canonical-json.ts";
import type { StackPlan } from "./stack-plan.ts";

/**
 * A SHA-256, in hex, over what a stack declares about identities and access. Two texts that mean the same have the
 * same hash; reasons, descriptions, owners and comments are not part of it. It tells "not applied yet" from drift.
 */
export function hashMeaning({
  accounts,
  rows,
  services,
  policies,
  ...others
}: Pick<StackPlan, "accounts" | "policies" | "rows" | "services" | Later>): string {
  const identities = accounts.map(({ key, email, disabled }) => ({ key, email, disabled }));
  return createHash("sha256")
    .update(canonicalJson({ version: 1, accounts: identities, rows, services, policies, ...laterParts(others) }))
    .digest("hex");
}

/** What stacks came to hold after their hashes were in use: a stack that has none of it keeps the hash that it had. */
type Later = "grants" | "iapRows" | "impersonations" | "pools" | "providers";

function laterParts({
  grants,
  iapRows,
  impersonations,
  pools,
  providers,
}: Pick<StackPlan, Later>): Readonly<Record<string, readonly unknown[]>> {
  const untitled = pools.map(({ title: _title, ...pool }) => pool);
  const parts = { grants, iapRows, impersonations, pools: untitled, providers };
  return Object.fromEntries(Object.entries(parts).filter(([, all]) => all.length > 0));
}
