import type { CallerKindDefinition } from "../caller-kind.ts";

export const appengine: CallerKindDefinition<"appengine"> = {
  kind: "appengine",
  schema: {
    description: "A service of App Engine.",
    type: "object",
    additionalProperties: false,
    patternProperties: { "^x-": {} },
    properties: {
      project: { $ref: "#/$defs/projectAlias" },
      service: { description: "The App Engine service.", $ref: "#/$defs/resourceName", examples: ["default"] },
    },
    examples: [{ service: "default" }],
  },
  nature: "workload",
  origin: "network",
  describe: ({ service }) => (service === undefined ? "App Engine" : `the App Engine service ${service}`),
  token: { way: "metadata", how: "its metadata server gives it; no grant and no key is needed" },
};
