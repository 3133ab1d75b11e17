import { calleeKinds } from "../../callees/registry.ts";
import type { CallerKindDefinition } from "../caller-kind.ts";
import { agentOf, mayAttach, oldPubsubAgent } from "../hand-needs.ts";
import { emailOf, gcloudIn, nameOr } from "../setting-words.ts";

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
  idTokensOnly: true,
  ownProjectOnly: true,
  token: {
    way: "setting",
    how: "the trigger's service account is this account; the audience is the URL of the service",
  },
  needs: ({ project }) => [
    {
      by: "synth",
      role: "roles/eventarc.eventReceiver",
      member: "caller",
      on: "project",
      when: "to receive events; a trigger for messages of a Pub/Sub topic does without",
    },
    mayAttach("makes or changes the trigger"),
    oldPubsubAgent(project),
    {
      by: "hand",
      role: "roles/pubsub.publisher",
      member: { principal: agentOf(project, "gs-project-accounts") },
      on: "project",
      when: "only for events that Cloud Storage itself sends",
    },
  ],
  // docs: /eventarc/standard/docs/run/roles-permissions, eventarc v1 `Trigger`. A trigger cannot start a job.
  settings: (caller, { callee }) => {
    const email = emailOf(caller);
    const trigger = nameOr(caller.details.trigger, "TRIGGER");
    return calleeKinds[callee].credential === "access-token"
      ? []
      : [
          {
            on: caller.details.trigger === undefined ? "the trigger" : `the trigger ${trigger}`,
            fields: [{ field: "serviceAccount", value: email }],
            command: gcloudIn(caller, "eventarc triggers update", [
              trigger,
              "--location",
              "LOCATION",
              "--service-account",
              email,
            ]),
          },
        ];
  },
};
