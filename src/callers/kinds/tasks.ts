import { calleeKinds } from "../../callees/registry.ts";
import type { CallerKindDefinition } from "../caller-kind.ts";
import { agentNeed, mayAttach } from "../hand-needs.ts";
import { emailOf, gcloudIn, nameOr, SCOPE } from "../setting-words.ts";

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
  ownProjectOnly: true,
  token: {
    way: "setting",
    how: "the task's OIDC token (its OAuth token for a Cloud Run job): the service account is this one; without an audience it is the task's URL",
  },
  needs: ({ project }) => [
    mayAttach("puts tasks into the queue"),
    agentNeed(project, "cloudtasks", "makes every task end with 403"),
  ],
  // docs: /tasks/docs/creating-http-target-tasks, cloudtasks v2 `HttpRequest`. The command adds one task, to try it.
  settings: (caller, { callee, url, audience }) => {
    const email = emailOf(caller);
    const queue = nameOr(caller.details.queue, "QUEUE");
    const create = gcloudIn(caller, "tasks create-http-task", [
      "--queue",
      queue,
      "--location",
      "LOCATION",
      "--url",
      url,
    ]);
    const on = caller.details.queue === undefined ? "each task" : `each task of the queue ${queue}`;
    if (calleeKinds[callee].credential === "access-token")
      return [
        {
          on,
          fields: [
            { field: "httpRequest.url", value: url },
            { field: "httpRequest.httpMethod", value: "POST" },
            { field: "httpRequest.oauthToken.serviceAccountEmail", value: email },
            { field: "httpRequest.oauthToken.scope", value: SCOPE },
          ],
          command: [...create, "--method", "POST", "--oauth-service-account-email", email],
        },
      ];
    return [
      {
        on,
        fields: [
          { field: "httpRequest.url", value: url },
          { field: "httpRequest.oidcToken.serviceAccountEmail", value: email },
          { field: "httpRequest.oidcToken.audience", value: audience ?? url },
        ],
        command: [...create, "--oidc-service-account-email", email, "--oidc-token-audience", audience ?? url],
      },
    ];
  },
};
