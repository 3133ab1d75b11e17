import type { CallerKindDefinition } from "../caller-kind.ts";

export const eventarc: CallerKindDefinition<"eventarc"> = {
  kind: "eventarc",
  schema: {
    description: "An Eventarc trigger.",
    type: "object",
    additionalProperties: false,
    patternProperties: { "^x-": {} },
    properties: {
      project: { $ref: "#/$defs/projectAlias" },
      trigger: { description: "The trigger's name.", $ref: "#/$defs/resourceName", examples: ["uploads"] },
    },
    examples: [{ trigger: "uploads" }],
  },
  nature: "workload",
  origin: "project",
  describe: ({ trigger }) => (trigger === undefined ? "Eventarc triggers" : `the Eventarc trigger ${trigger}`),
  token: {
    way: "setting",
    how: "the trigger's service account is this account; it needs roles/eventarc.eventReceiver as well",
  },
};
