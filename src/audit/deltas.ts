import { grantKey, type PolicyGrant } from "./audit-entry.ts";
import type { ResourceState } from "./timeline.ts";

export type GrantMap = ReadonlyMap<string, PolicyGrant>;

export function keyed(grants: readonly PolicyGrant[]): GrantMap {
  return new Map(grants.map((grant) => [grantKey(grant), grant]));
}

/** What one policy has and another has not, in the order in which they have it. */
export function comparePolicies(
  before: GrantMap,
  after: GrantMap,
): { readonly added: readonly PolicyGrant[]; readonly removed: readonly PolicyGrant[] } {
  return {
    added: [...after].flatMap(([key, grant]) => (before.has(key) ? [] : [grant])),
    removed: [...before].flatMap(([key, grant]) => (after.has(key) ? [] : [grant])),
  };
}

/**
 * Policies call whoever was deleted `deleted:KIND:EMAIL?uid=NUMBER` from then on, without an entry in any log: nobody
 * changed them. docs: /iam/docs/principal-identifiers, deleted principals
 */
export function withRenamed(before: GrantMap, after: GrantMap): GrantMap {
  const renamed = new Map(before);
  for (const [key, grant] of after) {
    const living = /^deleted:((?:user|group|serviceAccount):[^?]+)(?:\?uid=\d+)?$/.exec(grant.member)?.[1];
    if (living === undefined || before.has(key)) continue;
    const old = grantKey({ ...grant, member: living });
    if (after.has(old) || !renamed.delete(old)) continue;
    renamed.set(key, grant);
  }
  return renamed;
}

/** Whether a policy that was read and written again is the one that is known: of what has no policy yet, the first one is. */
export function isChained(basedOn: string | null, before: ResourceState | undefined): boolean {
  return basedOn !== null && before !== undefined && (before.etag !== null || before.grants?.size === 0);
}
