import type { CallerKindDefinition } from "../caller-kind.ts";

export const gke: CallerKindDefinition<"gke"> = {
  kind: "gke",
  schema: {
    description:
      "Pods on GKE with this Kubernetes service account. Every cluster of that project with the namespace and account is admitted.",
    type: "object",
    required: ["namespace", "serviceAccount"],
    additionalProperties: false,
    patternProperties: { "^x-": {} },
    properties: {
      project: { $ref: "#/$defs/projectAlias" },
      namespace: {
        description: "The Kubernetes namespace.",
        type: "string",
        pattern: "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$",
        maxLength: 63,
        examples: ["risk"],
      },
      serviceAccount: {
        description: "The Kubernetes service account.",
        type: "string",
        pattern: "^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$",
        maxLength: 253,
        examples: ["scorer"],
      },
    },
    examples: [{ project: "core", namespace: "risk", serviceAccount: "scorer" }],
  },
  nature: "workload",
  origin: "network",
  describe: ({ namespace, serviceAccount }) => `pods as ${namespace}/${serviceAccount}`,
  token: {
    way: "metadata",
    how: "the pod's metadata server gives it, once its Kubernetes account is annotated with this account",
  },
};
