import type { CallerKindDefinition } from "../caller-kind.ts";

export const gitlab: CallerKindDefinition<"gitlab"> = {
  kind: "gitlab",
  schema: {
    description: "Pipelines on GitLab.",
    type: "object",
    required: ["namespaceId", "project"],
    additionalProperties: false,
    patternProperties: { "^x-": {} },
    properties: {
      issuer: {
        description: "The issuer; default: https://gitlab.com.",
        $ref: "#/$defs/issuer",
        examples: ["https://gitlab.acme.com"],
      },
      audience: { description: "The audience of the token.", $ref: "#/$defs/text", examples: ["https://gitlab.com"] },
      namespaceId: {
        description: "The numeric id of the immediate group, as text.",
        type: "string",
        pattern: "^[0-9]+$",
        examples: ["987"],
      },
      project: {
        description: "The path of the GitLab project.",
        $ref: "#/$defs/resourceName",
        examples: ["acme/shop"],
      },
      projectId: {
        description: "The numeric id of the GitLab project, as text.",
        type: "string",
        pattern: "^[0-9]+$",
        examples: ["4242"],
      },
      branch: { description: "One branch, exactly.", $ref: "#/$defs/resourceName", examples: ["main"] },
      tag: { description: "One tag, exactly.", $ref: "#/$defs/resourceName", examples: ["v1.2.0"] },
      environment: { description: "One GitLab environment, exactly.", $ref: "#/$defs/text", examples: ["production"] },
      jwks: { $ref: "#/$defs/jwks" },
      pool: { $ref: "#/$defs/pool" },
      provider: { $ref: "#/$defs/provider" },
    },
    examples: [{ namespaceId: "987", project: "acme/shop", branch: "main" }],
  },
  nature: "workload",
  origin: "internet",
  describe: ({ project }) => `GitLab project ${project}`,
  token: {
    way: "federation",
    how: "it shows its own token to Google's Security Token Service, and acts as the account with what it gets",
  },
};
