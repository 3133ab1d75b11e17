import { createHash } from "node:crypto";
import type { ProviderRecord } from "../snapshot/snapshot.ts";
import { canonicalJson } from "../words/canonical-json.ts";
import { compareText } from "../words/compare-text.ts";
import type { Pending } from "./draft.ts";

/** In place of a role, where a provider stands among the rows of a state: its member is what the provider lets in. */
export const PROVIDER_CONTENT = "provider content";

/** In place of a role, where it matters only that the state holds a provider: its member is the same for all. */
export const PROVIDER_EXISTS = "provider";

/** Everything that says whom a provider lets in, as a digest: two that are alike let in the same. */
export function providerContent({
  issuer,
  condition,
  mapping,
  audiences,
  jwks,
}: Omit<ProviderRecord, "name" | "active">): string {
  const content = {
    issuer,
    condition,
    mapping: mapping ?? "unread",
    audiences: audiences?.toSorted(compareText) ?? "unread",
    jwks: jwks === undefined ? "unread" : jwks,
  };
  return createHash("sha256").update(canonicalJson(content)).digest("hex");
}

/**
 * An outstanding apply explains how a provider differs where the last one made it as it is. Without a state nothing
 * does: who took the provider over meanwhile would pass as a change of the matrix.
 */
export function onceApplied(live: ProviderRecord, stack: string): Pending {
  return { kind: "removal", stack, resource: live.name, role: PROVIDER_CONTENT, member: providerContent(live) };
}
