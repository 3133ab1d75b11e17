import type { CallerKindDefinition } from "../caller-kind.ts";

export const build: CallerKindDefinition<"build"> = {
  kind: "build",
  schema: {
    description: "Builds of Cloud Build.",
    type: "object",
    additionalProperties: false,
    patternProperties: { "^x-": {} },
    properties: {
      project: { $ref: "#/$defs/projectAlias" },
      trigger: { description: "The build trigger's name.", $ref: "#/$defs/resourceName", examples: ["smoke-tests"] },
    },
    examples: [{ trigger: "smoke-tests" }],
  },
  nature: "workload",
  origin: "internet",
  describe: ({ trigger }) => (trigger === undefined ? "builds of Cloud Build" : `builds of the trigger ${trigger}`),
  token: {
    way: "setting",
    how: "the build runs as this account; to get tokens of another it needs roles/iam.serviceAccountOpenIdTokenCreator on that",
  },
};
