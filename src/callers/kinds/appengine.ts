import type { CallerKindDefinition } from "../caller-kind.ts";
import { mayAttach } from "../hand-needs.ts";
import { emailOf, gcloudIn } from "../setting-words.ts";

export const appengine: CallerKindDefinition<"appengine"> = {
  kind: "appengine",
  schema: {
    description: "A service of App Engine.",
    type: "object",
    additionalProperties: false,
    patternProperties: { "^x-": {} },
    properties: {
      project: { $ref: "#/$defs/projectAlias" },
      service: { description: "The App Engine service.", $ref: "#/$defs/resourceName", examples: ["default"] },
    },
    examples: [{ service: "default" }],
  },
  nature: "workload",
  origin: "network",
  describe: ({ service }) => (service === undefined ? "App Engine" : `the App Engine service ${service}`),
  token: { way: "metadata", how: "its metadata server gives it; no grant and no key is needed" },
  needs: () => [mayAttach("deploys the App Engine service")],
  // docs: /appengine/docs/standard/user-managed-service-accounts; `service_account` in app.yaml is the same
  settings: (caller) => {
    const email = emailOf(caller);
    const { service } = caller.details;
    return [
      {
        on: service === undefined ? "the App Engine service" : `the App Engine service ${service}`,
        fields: [{ field: "service_account", value: email }],
        command: gcloudIn(caller, "app deploy", ["APP_YAML", "--service-account", email]),
      },
    ];
  },
};
