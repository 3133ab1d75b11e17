/** What a provider takes of a set of keys, or what is wrong with it. */
export type KeySet = { readonly json: string } | { readonly problem: string; readonly help: string };

/** In characters; sets of public keys have hundreds or thousands. */
const MAX_LENGTH = 65_536;

/** All that a key may have. docs: iam v1 `projects.locations.workloadIdentityPools.providers`, oidc.jwksJson */
const publicFields = ["kty", "alg", "use", "kid", "n", "e", "x", "y", "crv"] as const;

/** RFC 7518, 6.2.2, 6.3.2 and 6.4: what only its owner may know. */
const secretFields = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"] as const;

/** The fields without which a key is none, by its type. */
const needed: ReadonlyMap<unknown, readonly (typeof publicFields)[number][]> = new Map([
  ["RSA", ["n", "e"]],
  ["EC", ["crv", "x", "y"]],
]);

const help = "write the issuer's key set as it publishes it: the answer of its jwks_uri";

/** Reads a JSON Web Key Set (RFC 7517) of public keys; what a provider does not take of a key is left out. */
export function readKeySet(text: string): KeySet {
  if (text.length > MAX_LENGTH) return { problem: "is too large for a set of public keys", help };
  const data = parseJson(text);
  const keys: unknown = isMap(data) ? data["keys"] : undefined;
  if (!Array.isArray(keys) || keys.length === 0) return { problem: 'is no JSON with a list of "keys"', help };
  const taken: Readonly<Record<string, string>>[] = [];
  for (const [index, key] of (keys as readonly unknown[]).entries()) {
    const number = `key ${index + 1}`;
    if (!isMap(key)) return { problem: `has ${number} that is no map`, help };
    const secret = secretFields.find((field) => key[field] !== undefined);
    if (secret !== undefined || key["kty"] === "oct") {
      return {
        problem: `holds a secret: ${number} has ${secret === undefined ? "kty oct" : `"${secret}"`}, which only the issuer may know`,
        help: "take the key out of use, since this file was shared; then write public keys only",
      };
    }
    const fields = needed.get(key["kty"]);
    if (fields === undefined) return { problem: `has ${number} that is neither RSA nor EC`, help };
    // A key for something else, as encryption, would never be asked for.
    if (key["use"] !== undefined && key["use"] !== "sig") continue;
    const kept = publicFields.filter((field) => key[field] !== undefined);
    const odd = [...fields, ...kept].find((field) => typeof key[field] !== "string" || key[field] === "");
    if (odd !== undefined) return { problem: `has ${number} without a text under "${odd}"`, help };
    taken.push(Object.fromEntries(kept.map((field) => [field, String(key[field])])));
  }
  return taken.length === 0 ? { problem: "has no key that signs", help } : { json: JSON.stringify({ keys: taken }) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
