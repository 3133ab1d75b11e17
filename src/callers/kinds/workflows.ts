import { calleeKinds } from "../../callees/registry.ts";
import type { CallerKindDefinition } from "../caller-kind.ts";
import { mayAttach } from "../hand-needs.ts";
import { emailOf, gcloudIn, nameOr } from "../setting-words.ts";

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
  token: {
    way: "setting",
    how: "the workflow runs as this account, and its HTTP step says auth: {type: OIDC} with the audience (OAuth2 for a Cloud Run job)",
  },
  needs: () => [mayAttach("deploys the workflow")],
  // docs: /workflows/docs/authenticate-from-workflow
  settings: (caller, { callee, url, audience }) => {
    const email = emailOf(caller);
    const workflow = nameOr(caller.details.workflow, "WORKFLOW");
    return [
      {
        on: caller.details.workflow === undefined ? "the workflow" : `the workflow ${workflow}`,
        fields: [{ field: "serviceAccount", value: email }],
        command: gcloudIn(caller, "workflows deploy", [
          workflow,
          "--location",
          "LOCATION",
          "--source",
          "FILE",
          "--service-account",
          email,
        ]),
      },
      {
        on: "the step of it that calls",
        fields: [
          { field: "call", value: calleeKinds[callee].credential === "access-token" ? "http.post" : "http.METHOD" },
          { field: "args.url", value: url },
          { field: "args.auth.type", value: calleeKinds[callee].credential === "access-token" ? "OAuth2" : "OIDC" },
          ...(calleeKinds[callee].credential === "access-token"
            ? []
            : [{ field: "args.auth.audience", value: audience ?? url }]),
        ],
        command: null,
      },
    ];
  },
};
