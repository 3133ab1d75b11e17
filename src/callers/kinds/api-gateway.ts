import { calleeKinds } from "../../callees/registry.ts";
import type { CallerKindDefinition } from "../caller-kind.ts";
import { mayAttach } from "../hand-needs.ts";
import { emailOf, gcloudIn, nameOr } from "../setting-words.ts";

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
  idTokensOnly: true,
  token: { way: "setting", how: "the API config is made with --backend-auth-service-account and this account" },
  needs: () => [mayAttach("makes the API config")],
  // docs: /api-gateway/docs/openapi-overview, apigateway v1 `ApiConfig`, whose account cannot be changed: a new one is made.
  // A gateway sends an ID token and no other.
  settings: (caller, { callee, url, audience }) => {
    const email = emailOf(caller);
    const api = nameOr(caller.details.api, "API");
    const create = ["NEW_CONFIG", "--api", api, "--openapi-spec", "FILE", "--backend-auth-service-account", email];
    return calleeKinds[callee].credential === "access-token"
      ? []
      : [
          {
            on: caller.details.api === undefined ? "a new API config" : `a new config of the API ${api}`,
            fields: [{ field: "gatewayServiceAccount", value: email }],
            command: gcloudIn(caller, "api-gateway api-configs create", create),
          },
          {
            on: "the paths in its OpenAPI file that call",
            fields: [
              { field: "x-google-backend.address", value: url },
              { field: "x-google-backend.jwt_audience", value: audience ?? url },
            ],
            command: null,
          },
        ];
  },
};
