import { createHash, generateKeyPairSync, type JsonWebKey, sign, verify } from "node:crypto";
import { isObject } from "../../src/words/json.ts";

export type Claims = Readonly<Record<string, unknown>>;

/** An issuer of JWTs with a key that lives as long as the test. */
export interface TestIssuer {
  readonly url: string;
  /** A token, RS256. `iss`, `iat` and an `exp` in an hour are put in where the claims have none. */
  readonly mint: (claims: Claims) => string;
  /** The claims of a token that this issuer signed and whose time is not over; undefined for any other text. */
  readonly read: (token: string) => Claims | undefined;
  readonly jwks: { readonly keys: readonly JsonWebKey[] };
}

/** Makes a key and issues tokens with it. `now` is in seconds. */
export function createIssuer(url: string, now: () => number = () => Math.floor(Date.now() / 1000)): TestIssuer {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const jwk = publicKey.export({ format: "jwk" });
  return {
    url,
    mint(claims) {
      const start = now();
      const payload = { iss: url, iat: start, exp: start + 3600, ...claims };
      const signed = `${encode({ alg: "RS256", typ: "JWT", kid: "test" })}.${encode(payload)}`;
      return `${signed}.${sign("RSA-SHA256", Buffer.from(signed), privateKey).toString("base64url")}`;
    },
    read(token) {
      const [header = "", payload = "", signature = "", ...rest] = token.split(".");
      if (rest.length > 0 || decode(header)?.alg !== "RS256") return undefined;
      const claims = decode(payload);
      const isSigned = verify(
        "RSA-SHA256",
        Buffer.from(`${header}.${payload}`),
        publicKey,
        Buffer.from(signature, "base64url"),
      );
      if (!isSigned || claims === undefined || claims.iss !== url) return undefined;
      return typeof claims.exp === "number" && claims.exp > now() ? claims : undefined;
    },
    jwks: { keys: [{ ...jwk, kid: "test", alg: "RS256", use: "sig" }] },
  };
}

/** The issuer of ID tokens that Cloud Run takes. */
export function createGoogle(now?: () => number): TestIssuer {
  return createIssuer("https://accounts.google.com", now);
}

/** The `sub` that the fakes give to an account or person: Google's is a number that says nothing, too. */
export function subjectOf(email: string): string {
  return String(createHash("sha256").update(email.toLowerCase()).digest().readBigUInt64BE());
}

/** A Google-signed ID token of an account or person. */
export function mintIdToken(google: TestIssuer, email: string, audience: string, claims: Claims = {}): string {
  const sub = subjectOf(email);
  return google.mint({ aud: audience, azp: sub, sub, email: email.toLowerCase(), email_verified: true, ...claims });
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

function decode(text: string): Claims | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, "base64url").toString());
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
