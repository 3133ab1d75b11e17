import { encodeCel } from "../../federation/encode-cel.ts";
import type { CallerKindDefinition } from "../caller-kind.ts";

/** What Google maps by itself where nobody says otherwise. docs: /iam/docs/workload-identity-federation-with-other-clouds */
const ROLE_EXPRESSION =
  "assertion.arn.contains('assumed-role') ? assertion.arn.extract('{account_arn}assumed-role/') + 'assumed-role/' + assertion.arn.extract('assumed-role/{role_name}/') : assertion.arn";

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
  shows: {
    note: "the file serves EC2 and Lambda; on ECS and EKS (IRSA, Pod Identity) the program hands the role's credentials over in code",
  },
  token: {
    way: "federation",
    how: "it shows its own token to Google's Security Token Service, and acts as the account with what it gets",
  },
  outside({ details: { account, role } }) {
    const arn = `arn:aws:sts::${account}:assumed-role/${role}`;
    return {
      kind: "pooled",
      pool: { family: "aws", apart: [], provider: account, title: "Amazon Web Services", existing: undefined },
      trust: { type: "aws", account },
      // With the slash: the name of a role may begin with the name of another.
      admits: `assertion.arn.startsWith(${encodeCel(`${arn}/`)})`,
      // The whole ARN, which is the default, ends in the name of a session and can be longer than a subject may be.
      subject: "assertion.account + ':' + assertion.arn.extract('assumed-role/{role}/')",
      match: { by: "attribute", name: "aws_role", expression: ROLE_EXPRESSION, value: arn },
    };
  },
};
