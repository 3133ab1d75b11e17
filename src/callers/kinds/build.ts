import type { CallerKindDefinition } from "../caller-kind.ts";
import { mayAttach } from "../hand-needs.ts";
import { emailOf, gcloudIn, nameOr, projectOf } from "../setting-words.ts";

export const build: CallerKindDefinition<"build"> = {
  kind: "build",
  schema: {
    description: "Builds of Cloud Build.",
    type: "object",
    additionalProperties: false,
    patternProperties: { "^x-": {} },
    properties: {
      project: { $ref: "#/$defs/projectAlias" },
      trigger: { description: "The build trigger's name.", $ref: "#/$defs/resourceName", examples: ["smoke-tests"] },
    },
    examples: [{ trigger: "smoke-tests" }],
  },
  nature: "workload",
  origin: "internet",
  describe: ({ trigger }) => (trigger === undefined ? "builds of Cloud Build" : `builds of the trigger ${trigger}`),
  token: {
    way: "metadata",
    how: "the build runs as this account, and its metadata server gives it, once the account may ask for its own ID token",
  },
  // docs: /build/docs/securing-builds/authorize-service-to-service-access, which grants it on the project, and so for all
  // of its accounts
  needs: () => [
    {
      by: "synth",
      role: "roles/iam.serviceAccountOpenIdTokenCreator",
      member: "caller",
      on: "account",
      when: "for the build to get ID tokens of its own account",
    },
    mayAttach("makes or changes the trigger, or submits the build"),
  ],
  // docs: /build/docs/securing-builds/configure-user-specified-service-accounts
  settings: (caller) => {
    const email = emailOf(caller);
    const trigger = nameOr(caller.details.trigger, "TRIGGER");
    const account = `projects/${projectOf(email) ?? caller.project?.id ?? "PROJECT"}/serviceAccounts/${email}`;
    return [
      {
        on: caller.details.trigger === undefined ? "the trigger, or the build" : `the trigger ${trigger}`,
        fields: [{ field: "serviceAccount", value: account }],
        command: gcloudIn(caller, "builds triggers update TYPE", [
          trigger,
          "--region",
          "REGION",
          "--service-account",
          account,
        ]),
      },
    ];
  },
};
