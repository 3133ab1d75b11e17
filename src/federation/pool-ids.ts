import { createHash } from "node:crypto";

/** Ids of pools and providers. docs: iam v1 `workloadIdentityPools.create`, 4 to 32 of a to z, 0 to 9 and the hyphen */
const MAX_ID = 32;
const HASH_LENGTH = 6;

/**
 * The id of a pool that Terraform makes. It ends in its family, or in a hash of what keeps pools of the family apart, so
 * that those of two environments that share a project never meet.
 */
export function poolId(environment: string, family: string, apart: readonly string[]): string {
  return fit(environment, apart.length === 0 ? [family] : [family, shortHash(apart)]);
}

/** The id of a provider in a pool that Terraform makes. */
export function providerId(family: string, part: string): string {
  const id = part === "" ? family : `${family}-${part}`;
  return isId(id) ? id : [family.slice(0, MAX_ID - NUMBERED - HASH_LENGTH - 1), shortHash([family, part])].join("-");
}

/** The id of a provider that Terraform makes in a pool that was there before, beside those of others. */
export function guestProviderId(environment: string, family: string, apart: readonly string[]): string {
  return fit(environment, [family, shortHash(apart)], NUMBERED);
}

/** The id of the further providers that one which is full needs: the second, the third. */
export function numberedId(id: string, number: number): string {
  return number === 1 ? id : `${id}-${number}`;
}

/** What a number at the end of a provider's id takes at most. */
const NUMBERED = "-999".length;

function fit(environment: string, rest: readonly string[], reserve = 0): string {
  const fits = [
    ["matrix", environment, ...rest],
    ["matrix", shortHash([environment]), ...rest],
    ["matrix", shortHash([environment, ...rest])],
  ].map((parts) => parts.join("-"));
  return fits.find((id) => id.length <= MAX_ID - reserve) ?? fits[0] ?? "";
}

function isId(id: string): boolean {
  return id.length <= MAX_ID - NUMBERED && /^[a-z0-9-]{4,}$/.test(id);
}

function shortHash(parts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, HASH_LENGTH);
}
