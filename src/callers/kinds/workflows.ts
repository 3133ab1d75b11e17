import type { CallerKindDefinition } from "../caller-kind.ts";

export const workflows: CallerKindDefinition<"workflows"> = {
  kind: "workflows",
  schema: {
    description: "A workflow of Google Workflows.",
    type: "object",
    additionalProperties: false,
    patternProperties: { "^x-": {} },
    properties: {
      project: { $ref: "#/$defs/projectAlias" },
      workflow: { description: "The workflow's name.", $ref: "#/$defs/resourceName", examples: ["onboarding"] },
    },
    examples: [{ workflow: "onboarding" }],
  },
  nature: "workload",
  origin: "project",
  describe: ({ workflow }) => (workflow === undefined ? "workflows" : `the workflow ${workflow}`),
  token: { way: "setting", how: "the workflow runs as this account, and its HTTP step says auth: {type: OIDC}" },
};
