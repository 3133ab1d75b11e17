import type { CallerKindDefinition } from "../caller-kind.ts";

export const pubsub: CallerKindDefinition<"pubsub"> = {
  kind: "pubsub",
  schema: {
    description: "A push subscription of Pub/Sub.",
    type: "object",
    additionalProperties: false,
    patternProperties: { "^x-": {} },
    properties: {
      project: { $ref: "#/$defs/projectAlias" },
      subscription: {
        description: "The subscription's name.",
        $ref: "#/$defs/resourceName",
        examples: ["orders-to-ledger"],
      },
    },
    examples: [{ subscription: "orders-to-ledger" }],
  },
  nature: "workload",
  origin: "project",
  describe: ({ subscription }) =>
    subscription === undefined ? "push subscriptions of Pub/Sub" : `the push subscription ${subscription}`,
  token: {
    way: "setting",
    how: "the push subscription's service account is this account, with the audience set beside it",
  },
};
