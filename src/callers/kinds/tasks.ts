import type { CallerKindDefinition } from "../caller-kind.ts";

export const tasks: CallerKindDefinition<"tasks"> = {
  kind: "tasks",
  schema: {
    description: "Tasks of a Cloud Tasks queue.",
    type: "object",
    additionalProperties: false,
    patternProperties: { "^x-": {} },
    properties: {
      project: { $ref: "#/$defs/projectAlias" },
      queue: { description: "The queue's name.", $ref: "#/$defs/resourceName", examples: ["emails"] },
    },
    examples: [{ queue: "emails" }],
  },
  nature: "workload",
  origin: "project",
  describe: ({ queue }) => (queue === undefined ? "tasks of Cloud Tasks" : `tasks of the queue ${queue}`),
  token: {
    way: "setting",
    how: "the task's oidcToken: serviceAccountEmail is this account; without an audience it is the task's URL",
  },
};
