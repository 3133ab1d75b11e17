import type { CallerKindDefinition, DetailProblem, Details } from "../caller-kind.ts";
import { allOf, claimOf, type DeclaredClaim } from "../claim.ts";
import { checkClaims, composite } from "../composite.ts";
import { checkIssuer, existingPool, ownName, providerCannot } from "../issuer.ts";
import type { Match } from "../outside.ts";
import { checkTenant } from "../shared-issuers.ts";
import { briefText } from "../../words/brief.ts";

export const oidc: CallerKindDefinition<"oidc"> = {
  kind: "oidc",
  schema: {
    description: "Any caller with an OpenID Connect token.",
    type: "object",
    required: ["issuer"],
    additionalProperties: false,
    patternProperties: { "^x-": {} },
    properties: {
      project: { $ref: "#/$defs/projectAlias" },
      issuer: { $ref: "#/$defs/issuer" },
      audience: { description: "The audience of the token.", $ref: "#/$defs/text", examples: ["matrix"] },
      subject: { description: "The exact subject.", $ref: "#/$defs/text", examples: ["batch-7"] },
      claims: { $ref: "#/$defs/claims" },
      jwks: { $ref: "#/$defs/jwks" },
      pool: { $ref: "#/$defs/pool" },
      provider: { $ref: "#/$defs/provider" },
    },
    anyOf: [{ required: ["subject"] }, { required: ["claims"] }],
    examples: [{ issuer: "https://issuer.acme.com", subject: "batch-7" }],
  },
  nature: "workload",
  origin: "internet",
  describe: (details) =>
    `tokens of ${details.issuer} with ${declaredClaims(details)
      .map(({ name, declared }) => `${name === "sub" ? "subject" : name} ${String(declared)}`)
      .join(", ")}`,
  shows: { note: "whatever has the token writes it to the file, and writes it anew before it ends" },
  token: {
    way: "federation",
    how: "it shows its own token to Google's Security Token Service, and acts as the account with what it gets",
  },
  narrowing: ["subject"],
  check: checkOidc,
  outside({ details }) {
    const { issuer, audience, jwks } = details;
    const apart = [issuer, audience ?? "", jwks ?? ""];
    const existing = existingPool(details);
    return {
      kind: "pooled",
      pool: { family: "oidc", apart, provider: "", title: `OIDC ${issuer.slice("https://".length)}`, existing },
      trust: { type: "oidc", issuer, audiences: audience === undefined ? [] : [audience], jwks },
      admits: allOf(declaredClaims(details)),
      subject: "assertion.sub",
      declaredSubject:
        details.subject ?? (typeof details.claims?.["sub"] === "string" ? details.claims["sub"] : undefined),
      match: matchOf(details, existing === undefined ? [] : apart),
    };
  },
};

type Oidc = Details<"oidc">;

/** The subject among the claims, by name; a claim that is said twice with the same value counts once. */
function declaredClaims({ subject, claims = {} }: Oidc): readonly DeclaredClaim[] {
  const all = [
    ...(subject === undefined ? [] : [claimOf("sub", subject, "subject")]),
    ...Object.entries(claims)
      .filter(([name, value]) => name !== "sub" || value !== subject)
      .map(([name, value]) => claimOf(name, value, "claims")),
  ];
  return all.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

function matchOf(details: Oidc, apart: readonly string[]): Match {
  const claims = declaredClaims(details);
  const [first] = claims;
  const isSubject = claims.length === 1 && first?.name === "sub" && typeof first.declared === "string";
  // In a pool of others, another provider could map the same subject: an attribute of our own cannot be one of theirs.
  if (isSubject && (apart.length === 0 || details.provider !== undefined))
    return { by: "subject", value: String(first.declared) };
  const readable = claims
    .map(({ name }) => name.toLowerCase().replace(/[^a-z0-9]+/g, "_"))
    .join("_")
    .replace(/^_+/, "")
    // Names of attributes begin with a letter.
    .replace(/^(?![a-z])/, "claim_")
    .slice(0, 60);
  const expressions = claims.map(({ expression }) => expression);
  return composite(ownName(readable, [...apart, ...expressions]), claims);
}

/** Claims that every token of an issuer has, or that say nothing of whose it is. */
const nobodys = new Set([
  "aud",
  "iss",
  "exp",
  "iat",
  "nbf",
  "jti",
  "nonce",
  "auth_time",
  "acr",
  "amr",
  "typ",
  "at_hash",
]);

function checkOidc(details: Oidc): readonly DetailProblem[] {
  const { issuer, provider } = details;
  const claims = declaredClaims(details);
  const everybody = `every token of ${briefText(issuer)}`;
  const problems = [...checkClaims(claims, everybody), ...checkNumbers(claims), ...checkIssuer(details)];
  const isSubject = claims.length === 1 && claims[0]?.name === "sub";
  if (provider !== undefined && !isSubject) problems.push(providerCannot("claims beside the subject"));
  if (!claims.some(({ name, declared }) => !nobodys.has(name) && typeof declared !== "boolean"))
    return [
      ...problems,
      {
        field: "claims",
        problem: "strangers",
        message: `gives no claim that says who it is, and so would let in everybody with a token of ${briefText(issuer)}`,
        help: "add subject, or a claim that only this caller's tokens have",
      },
    ];
  return [...problems, ...checkTenant(issuer, new Map(claims.map(({ name, declared }) => [name, declared])))];
}

function checkNumbers(claims: readonly DeclaredClaim[]): readonly DetailProblem[] {
  return claims
    .filter(
      ({ declared }) => typeof declared === "number" && (!Number.isFinite(declared) || Math.abs(declared) > 2 ** 53),
    )
    .map(({ name }) => ({
      field: "claims",
      problem: "limit",
      message: `has a number in the claim ${name} that cannot be compared exactly`,
      help: "write a number below 2^53, or another claim",
    }));
}
