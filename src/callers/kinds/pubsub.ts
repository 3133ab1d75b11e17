import { calleeKinds } from "../../callees/registry.ts";
import type { CallerKindDefinition } from "../caller-kind.ts";
import { mayAttach, oldPubsubAgent } from "../hand-needs.ts";
import { emailOf, gcloudIn, nameOr } from "../setting-words.ts";

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
  idTokensOnly: true,
  ownProjectOnly: true,
  token: {
    way: "setting",
    how: "the push subscription's service account is this account, with the audience set beside it",
  },
  needs: ({ project }) => [mayAttach("makes or changes the subscription"), oldPubsubAgent(project)],
  // docs: /pubsub/docs/authenticate-push-subscriptions, pubsub v1 `PushConfig`. A push carries an ID token and no other.
  settings: (caller, { callee, url, audience }) => {
    const email = emailOf(caller);
    const subscription = nameOr(caller.details.subscription, "SUBSCRIPTION");
    const update = gcloudIn(caller, "pubsub subscriptions update", [subscription, "--push-endpoint", url]);
    return calleeKinds[callee].credential === "access-token"
      ? []
      : [
          {
            on:
              caller.details.subscription === undefined
                ? "the push subscription"
                : `the push subscription ${subscription}`,
            fields: [
              { field: "pushConfig.pushEndpoint", value: url },
              { field: "pushConfig.oidcToken.serviceAccountEmail", value: email },
              { field: "pushConfig.oidcToken.audience", value: audience ?? url },
            ],
            command: [...update, "--push-auth-service-account", email, "--push-auth-token-audience", audience ?? url],
          },
        ];
  },
};
