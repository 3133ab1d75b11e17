import type { CallerKindDefinition } from "../caller-kind.ts";

export const apiGateway: CallerKindDefinition<"api-gateway"> = {
  kind: "api-gateway",
  schema: {
    description: "A gateway of API Gateway.",
    type: "object",
    additionalProperties: false,
    patternProperties: { "^x-": {} },
    properties: {
      project: { $ref: "#/$defs/projectAlias" },
      api: { description: "The API's name.", $ref: "#/$defs/resourceName", examples: ["partners"] },
      config: { description: "The API config's name.", $ref: "#/$defs/resourceName", examples: ["partners-v3"] },
    },
    examples: [{ api: "partners" }],
  },
  nature: "workload",
  origin: "internet",
  describe: ({ api }) => (api === undefined ? "API Gateway" : `the API ${api} of API Gateway`),
  token: { way: "setting", how: "the API config is made with --backend-auth-service-account and this account" },
};
