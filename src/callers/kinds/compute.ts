import type { CallerKindDefinition } from "../caller-kind.ts";
import { mayAttach } from "../hand-needs.ts";
import { emailOf, gcloudIn, nameOr, SCOPE } from "../setting-words.ts";

export const compute: CallerKindDefinition<"compute"> = {
  kind: "compute",
  schema: {
    description: "Virtual machines of Compute Engine.",
    type: "object",
    additionalProperties: false,
    patternProperties: { "^x-": {} },
    properties: {
      project: { $ref: "#/$defs/projectAlias" },
      instance: { description: "The instance or template.", $ref: "#/$defs/resourceName", examples: ["legacy-erp"] },
    },
    examples: [{ instance: "legacy-erp" }],
  },
  nature: "workload",
  origin: "network",
  describe: ({ instance }) => (instance === undefined ? "virtual machines" : `the virtual machine ${instance}`),
  token: { way: "metadata", how: "its metadata server gives it; no grant and no key is needed" },
  needs: () => [mayAttach("makes or changes the virtual machine")],
  // docs: /compute/docs/access/change-service-account; compute v1 `Instance`. The machine is stopped while it changes.
  settings: (caller) => {
    const email = emailOf(caller);
    const instance = nameOr(caller.details.instance, "INSTANCE");
    const set = [instance, "--zone", "ZONE", "--service-account", email, "--scopes", "cloud-platform"];
    return [
      {
        on: caller.details.instance === undefined ? "the virtual machine" : `the virtual machine ${instance}`,
        fields: [
          { field: "serviceAccounts[0].email", value: email },
          { field: "serviceAccounts[0].scopes[0]", value: SCOPE },
        ],
        command: gcloudIn(caller, "compute instances set-service-account", set),
      },
    ];
  },
};
