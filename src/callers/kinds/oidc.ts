import type { CallerKindDefinition } from "../caller-kind.ts";

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
  describe: ({ issuer }) => `tokens of ${issuer}`,
  token: {
    way: "federation",
    how: "it shows its own token to Google's Security Token Service, and acts as the account with what it gets",
  },
};
