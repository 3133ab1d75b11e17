import type { CallerKindDefinition } from "../caller-kind.ts";

export const functions: CallerKindDefinition<"functions"> = {
  kind: "functions",
  schema: {
    description: "A function of the first generation.",
    type: "object",
    additionalProperties: false,
    patternProperties: { "^x-": {} },
    properties: {
      project: { $ref: "#/$defs/projectAlias" },
      function: { description: "The function's name.", $ref: "#/$defs/resourceName", examples: ["thumbnails"] },
    },
    examples: [{ function: "thumbnails" }],
  },
  nature: "workload",
  origin: "network",
  describe: ({ function: name }) =>
    name === undefined ? "functions of the first generation" : `the function ${name} of the first generation`,
  token: { way: "metadata", how: "its metadata server gives it; no grant and no key is needed" },
};
