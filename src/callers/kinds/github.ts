import type { CallerKindDefinition } from "../caller-kind.ts";

export const github: CallerKindDefinition<"github"> = {
  kind: "github",
  schema: {
    description: "Workflows on GitHub Actions. Ids, not names, since a name can pass to somebody else.",
    type: "object",
    required: ["ownerId", "repository"],
    additionalProperties: false,
    patternProperties: { "^x-": {} },
    properties: {
      project: { $ref: "#/$defs/projectAlias" },
      ownerId: {
        description: "The numeric id of the owner, as text.",
        type: "string",
        pattern: "^[0-9]+$",
        examples: ["1342004"],
      },
      repository: {
        description: "The repository.",
        type: "string",
        pattern: "^[A-Za-z0-9-]+/[A-Za-z0-9._-]+$",
        examples: ["acme/shop"],
      },
      repositoryId: {
        description: "The numeric id of the repository, as text.",
        type: "string",
        pattern: "^[0-9]+$",
        examples: ["8675309"],
      },
      branch: { description: "One branch, exactly.", $ref: "#/$defs/resourceName", examples: ["main"] },
      tag: { description: "One tag, exactly.", $ref: "#/$defs/resourceName", examples: ["v1.2.0"] },
      environment: { description: "One GitHub environment, exactly.", $ref: "#/$defs/text", examples: ["production"] },
      workflow: {
        description: "One workflow file, exactly.",
        $ref: "#/$defs/resourceName",
        examples: [".github/workflows/deploy.yml"],
      },
    },
    examples: [{ ownerId: "1342004", repository: "acme/shop", branch: "main" }],
  },
  nature: "workload",
  origin: "internet",
  describe: ({ repository }) => `repository ${repository}`,
  token: {
    way: "federation",
    how: "it shows its own token to Google's Security Token Service, and acts as the account with what it gets",
  },
};
