import { encodeCel } from "../../federation/encode-cel.ts";
import type { CallerKindDefinition, DetailProblem } from "../caller-kind.ts";
import { checkIssuer, existingPool, ownName } from "../issuer.ts";
import type { Match } from "../outside.ts";

export const spiffe: CallerKindDefinition<"spiffe"> = {
  kind: "spiffe",
  schema: {
    description: "A workload with a SPIFFE identity.",
    type: "object",
    required: ["trustDomain", "path", "issuer"],
    additionalProperties: false,
    patternProperties: { "^x-": {} },
    properties: {
      project: { $ref: "#/$defs/projectAlias" },
      trustDomain: {
        description: "The trust domain.",
        type: "string",
        pattern: "^[a-z0-9._-]{1,255}$",
        examples: ["acme.internal"],
      },
      path: {
        description: "The path of the identity, exactly.",
        type: "string",
        pattern: "^(/[A-Za-z0-9._-]+)+$",
        examples: ["/ns/risk/sa/scorer"],
      },
      issuer: {
        description: "SPIRE's discovery issuer (its jwt_issuer).",
        $ref: "#/$defs/issuer",
        examples: ["https://spire.acme.com"],
      },
      audience: { description: "The audience of the token.", $ref: "#/$defs/text", examples: ["matrix"] },
      jwks: { $ref: "#/$defs/jwks" },
      pool: { $ref: "#/$defs/pool" },
      provider: { $ref: "#/$defs/provider" },
    },
    examples: [{ trustDomain: "acme.internal", path: "/ns/risk/sa/scorer", issuer: "https://spire.acme.com" }],
  },
  nature: "workload",
  origin: "internet",
  describe: ({ trustDomain, path }) => `spiffe://${trustDomain}${path}`,
  shows: { note: "spiffe-helper, or another client of SPIRE's agent, keeps a JWT-SVID with that audience in the file" },
  token: {
    way: "federation",
    how: "it shows its own token to Google's Security Token Service, and acts as the account with what it gets",
  },
  check: (details) => [...checkIssuer(details), ...checkPath(details.path)],
  outside({ details }) {
    const { trustDomain, path, issuer, audience, jwks } = details;
    const id = `spiffe://${trustDomain}${path}`;
    const apart = [issuer, audience ?? "", trustDomain, jwks ?? ""];
    const existing = existingPool(details);
    return {
      kind: "pooled",
      pool: { family: "spiffe", apart, provider: "", title: `SPIFFE ${trustDomain}`, existing },
      trust: { type: "oidc", issuer, audiences: audience === undefined ? [] : [audience], jwks },
      admits: `assertion.sub == ${encodeCel(id)}`,
      // Without the trust domain, which a pool has one of: a subject has room for 127 bytes.
      subject: `assertion.sub.extract(${encodeCel(`spiffe://${trustDomain}/{path}`)})`,
      declaredSubject: existing?.provider === undefined ? path.slice(1) : id,
      match: matchOf(id, path, apart, existing),
    };
  },
};

/** In a pool of others, a path alone could be one of another trust domain: there the whole identity counts. */
function matchOf(id: string, path: string, apart: readonly string[], existing: ReturnType<typeof existingPool>): Match {
  if (existing === undefined) return { by: "subject", value: path.slice(1) };
  if (existing.provider !== undefined) return { by: "subject", value: id };
  return { by: "attribute", name: ownName("spiffe", apart), expression: "assertion.sub", value: id };
}

/** spiffe.io: SPIFFE-ID, 2.2 Path */
function checkPath(path: string): readonly DetailProblem[] {
  return /\/\.{1,2}(?:\/|$)/.test(path)
    ? [
        {
          field: "path",
          problem: "limit",
          message: "has a path with the segment . or .., which no SPIFFE identity has",
          help: "write the path of the identity",
        },
      ]
    : [];
}
