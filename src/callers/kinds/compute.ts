import type { CallerKindDefinition } from "../caller-kind.ts";

export const compute: CallerKindDefinition<"compute"> = {
  kind: "compute",
  schema: {
    description: "Virtual machines of Compute Engine.",
    type: "object",
    additionalProperties: false,
    patternProperties: { "^x-": {} },
    properties: {
      project: { $ref: "#/$defs/projectAlias" },
      instance: { description: "The instance or template.", $ref: "#/$defs/resourceName", examples: ["legacy-erp"] },
    },
    examples: [{ instance: "legacy-erp" }],
  },
  nature: "workload",
  origin: "network",
  describe: ({ instance }) => (instance === undefined ? "virtual machines" : `the virtual machine ${instance}`),
  token: { way: "metadata", how: "its metadata server gives it; no grant and no key is needed" },
};
