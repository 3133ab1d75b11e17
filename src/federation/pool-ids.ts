import { createHash } from "node:crypto";

/** Ids of pools and providers. docs: iam v1 `workloadIdentityPools.create`, 4 to 32 of a to z, 0 to 9 and the hyphen */
const MAX_ID = 32;

/**
 * The id of a pool that Terraform makes. It ends in its family, or in a hash of what keeps pools of the family apart, so
 * that those of two environments that share a project never meet. Two that do all the same are an error of shared-target.
 */
export function poolId(environment: string, family: string, apart: readonly string[]): string {
  return fit(environment, family, apart);
}

/** The id of a provider in a pool that Terraform makes. */
export function providerId(family: string, part: string): string {
  const id = part === "" ? family : `${family}-${part}`;
  return isId(id) ? id : [family.slice(0, MAX_ID - NUMBERED - 11), hash([family, part], 10)].join("-");
}

/** The id of a provider that Terraform makes in a pool that was there before, beside those of others. */
export function guestProviderId(environment: string, family: string, apart: readonly string[]): string {
  return fit(environment, family, apart, NUMBERED);
}

/** The id of the further providers that one which is full needs: the second, the third. */
export function numberedId(id: string, number: number): string {
  return number === 1 ? id : `${id}-${number}`;
}

/** What a number at the end of a provider's id takes at most. */
const NUMBERED = "-999".length;

/** The name of the environment is left out where the id gets too long; it is part of the hash then. */
function fit(environment: string, family: string, apart: readonly string[], reserve = 0): string {
  const plain = ["matrix", environment, family, ...(apart.length === 0 ? [] : [hash(apart, 10)])].join("-");
  return plain.length <= MAX_ID - reserve ? plain : ["matrix", family, hash([environment, ...apart], 14)].join("-");
}

function isId(id: string): boolean {
  return id.length <= MAX_ID - NUMBERED && /^[a-z0-9-]{4,}$/.test(id);
}

/** Some letters and digits of a hash, five bits each: 50 bits are what an id has room for. */
function hash(parts: readonly string[], length: number): string {
  const digest = createHash("sha256").update(JSON.stringify(parts)).digest();
  return [...digest.subarray(0, length)].map((byte) => (byte % 32).toString(32)).join("");
}
