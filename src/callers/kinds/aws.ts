import type { CallerKindDefinition } from "../caller-kind.ts";

export const aws: CallerKindDefinition<"aws"> = {
  kind: "aws",
  schema: {
    description: "Workloads on AWS that run as this role (EC2, Lambda, ECS, EKS).",
    type: "object",
    required: ["account", "role"],
    additionalProperties: false,
    patternProperties: { "^x-": {} },
    properties: {
      project: { $ref: "#/$defs/projectAlias" },
      account: {
        description: "The AWS account's id, as text.",
        type: "string",
        pattern: "^[0-9]{12}$",
        examples: ["123456789012"],
      },
      role: {
        description: "The name of the IAM role.",
        type: "string",
        pattern: "^[A-Za-z0-9+=,.@_-]{1,64}$",
        examples: ["pricing-lambda"],
      },
    },
    examples: [{ account: "123456789012", role: "pricing-lambda" }],
  },
  nature: "workload",
  origin: "internet",
  describe: ({ account, role }) => `role ${role} of AWS account ${account}`,
  token: {
    way: "federation",
    how: "it shows its own token to Google's Security Token Service, and acts as the account with what it gets",
  },
};
