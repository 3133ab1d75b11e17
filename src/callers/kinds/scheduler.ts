import type { CallerKindDefinition } from "../caller-kind.ts";

export const scheduler: CallerKindDefinition<"scheduler"> = {
  kind: "scheduler",
  schema: {
    description: "Jobs of Cloud Scheduler.",
    type: "object",
    additionalProperties: false,
    patternProperties: { "^x-": {} },
    properties: {
      project: { $ref: "#/$defs/projectAlias" },
      job: { description: "The job's name.", $ref: "#/$defs/resourceName", examples: ["close-books"] },
    },
    examples: [{ project: "core", job: "close-books" }],
  },
  nature: "workload",
  origin: "project",
  describe: ({ job }) => (job === undefined ? "jobs of Cloud Scheduler" : `the job ${job} of Cloud Scheduler`),
  token: {
    way: "setting",
    how: "the job's OIDC token (its OAuth token for a Cloud Run job): the service account is this one, the audience is set beside it",
  },
};
