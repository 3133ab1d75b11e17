import type { CallerKindDefinition } from "../caller-kind.ts";
import { emailOf, GKE_ANNOTATION } from "../setting-words.ts";

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
        pattern: "^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$",
        maxLength: 253,
        examples: ["scorer"],
      },
    },
    examples: [{ project: "core", namespace: "risk", serviceAccount: "scorer" }],
  },
  nature: "workload",
  origin: "network",
  describe: ({ namespace, serviceAccount }) =>
    `pods with the Kubernetes service account ${namespace}/${serviceAccount}`,
  token: {
    way: "metadata",
    how: "the pod's metadata server gives it, once its Kubernetes account is annotated with this account",
  },
  check: ({ namespace, serviceAccount }) =>
    serviceAccount === "default"
      ? [
          {
            field: "serviceAccount",
            problem: "wide",
            message: `admits every pod of the namespace ${namespace} that names no Kubernetes account of its own`,
            help: "give the workload a Kubernetes service account of its own",
          },
        ]
      : [],
  outside: ({ details: { namespace, serviceAccount }, project }) => ({
    kind: "known",
    // Every cluster of the project shares this one pool. docs: /iam/docs/principal-identifiers
    principal: `serviceAccount:${project?.id ?? "PROJECT"}.svc.id.goog[${namespace}/${serviceAccount}]`,
  }),
  manifest: ({ details: { namespace, serviceAccount }, email }) => ({
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata: {
      name: serviceAccount,
      namespace,
      annotations: { [GKE_ANNOTATION]: emailOf({ email }) },
    },
  }),
  // docs: /kubernetes-engine/docs/how-to/workload-identity
  settings: (caller) => {
    const { namespace, serviceAccount } = caller.details;
    const annotation = `${GKE_ANNOTATION}=${emailOf(caller)}`;
    return [
      {
        on: `the Kubernetes service account ${namespace}/${serviceAccount}`,
        fields: [{ field: `metadata.annotations["${GKE_ANNOTATION}"]`, value: emailOf(caller) }],
        command: [
          "kubectl",
          "annotate",
          "serviceaccount",
          serviceAccount,
          "--namespace",
          namespace,
          "--overwrite",
          annotation,
        ],
      },
    ];
  },
};
