import type { CallerKindDefinition } from "../caller-kind.ts";

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
        pattern: "^/[A-Za-z0-9._/-]+$",
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
  token: {
    way: "federation",
    how: "it shows its own token to Google's Security Token Service, and acts as the account with what it gets",
  },
};
