import { calleeKinds } from "../../callees/registry.ts";
import type { CallerKindDefinition } from "../caller-kind.ts";
import { agentNeed, mayAttach } from "../hand-needs.ts";
import { emailOf, gcloudIn, nameOr, SCOPE } from "../setting-words.ts";

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
  ownProjectOnly: true,
  token: {
    way: "setting",
    how: "the job's OIDC token (its OAuth token for a Cloud Run job): the service account is this one, the audience is set beside it",
  },
  needs: ({ project }) => [
    mayAttach("makes or changes the job"),
    agentNeed(project, "cloudscheduler", "makes every call of the scheduler end with 403"),
  ],
  // docs: /scheduler/docs/http-target-auth, cloudscheduler v1 `HttpTarget`
  settings: (caller, { callee, url, audience }) => {
    const email = emailOf(caller);
    const job = nameOr(caller.details.job, "JOB");
    const update = gcloudIn(caller, "scheduler jobs update http", [job, "--location", "LOCATION", "--uri", url]);
    const on = caller.details.job === undefined ? "the job" : `the job ${job}`;
    if (calleeKinds[callee].credential === "access-token")
      return [
        {
          on,
          fields: [
            { field: "httpTarget.uri", value: url },
            { field: "httpTarget.httpMethod", value: "POST" },
            { field: "httpTarget.oauthToken.serviceAccountEmail", value: email },
            { field: "httpTarget.oauthToken.scope", value: SCOPE },
          ],
          command: [...update, "--http-method", "post", "--oauth-service-account-email", email],
        },
      ];
    return [
      {
        on,
        fields: [
          { field: "httpTarget.uri", value: url },
          { field: "httpTarget.oidcToken.serviceAccountEmail", value: email },
          { field: "httpTarget.oidcToken.audience", value: audience ?? url },
        ],
        command: [...update, "--oidc-service-account-email", email, "--oidc-token-audience", audience ?? url],
      },
    ];
  },
};
