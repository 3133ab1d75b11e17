import { briefText } from "../words/brief.ts";
import type { DetailProblem } from "./caller-kind.ts";

/** An issuer that gives tokens to everybody who signs up. */
interface SharedIssuer {
  readonly issuer: RegExp;
  /** Whom its tokens are of. */
  readonly everybody: string;
  /** The claims of which each alone says whose a token is, for good: a name can pass to somebody else. */
  readonly pins: readonly string[];
  /** The kind of caller that is made for it. */
  readonly kind?: string;
}

/** Without those that have an issuer for each customer, as CircleCI, Azure DevOps and Bitbucket have. */
const sharedIssuers: readonly SharedIssuer[] = [
  {
    issuer: /^https:\/\/(vs)?token\.actions\.githubusercontent\.com$/,
    everybody: "every repository of GitHub",
    pins: ["repository_owner_id", "repository_id", "enterprise_id"],
    kind: "github",
  },
  {
    issuer: /^https:\/\/gitlab\.com$/,
    everybody: "every project of gitlab.com",
    pins: ["namespace_id", "project_id"],
    kind: "gitlab",
  },
  {
    issuer: /^https:\/\/accounts\.google\.com$/,
    // A whole domain (hd) is nobody.
    everybody: "everybody with a Google account",
    pins: ["sub", "email"],
  },
  {
    issuer: /^https:\/\/app\.terraform\.io$/,
    everybody: "every organization of HCP Terraform",
    pins: ["sub", "terraform_organization_id", "terraform_workspace_id", "terraform_project_id"],
  },
  {
    issuer: /^https:\/\/oidc\.circleci\.com$/,
    everybody: "every organization of CircleCI",
    pins: ["oidc.circleci.com/org-id", "oidc.circleci.com/project-id"],
  },
  {
    issuer: /^https:\/\/agent\.buildkite\.com$/,
    everybody: "every organization of Buildkite",
    pins: ["sub", "organization_id", "pipeline_id"],
  },
  {
    issuer: /^https:\/\/oidc\.vercel\.com$/,
    everybody: "every team of Vercel",
    pins: ["sub", "owner_id", "project_id"],
  },
  {
    // The tenants of everybody; the last is that of personal accounts.
    issuer:
      /^https:\/\/(login\.microsoftonline\.com|sts\.windows\.net)(\/(common|organizations|consumers|9188040d-6c67-4c5b-b112-36a304b66dad)(\/v2\.0)?)?$/,
    everybody: "every tenant of Microsoft Entra",
    pins: ["tid", "sub", "oid"],
  },
  {
    issuer: /^https:\/\/cognito-identity\.amazonaws\.com$/,
    everybody: "every identity pool of Cognito",
    pins: ["sub"],
  },
  { issuer: /^https:\/\/oidc\.modal\.com$/, everybody: "every workspace of Modal", pins: ["sub", "workspace_id"] },
  { issuer: /^https:\/\/api\.pulumi\.com\/oidc$/, everybody: "every organization of Pulumi", pins: ["sub"] },
  { issuer: /^https:\/\/appleid\.apple\.com$/, everybody: "everybody with an Apple account", pins: ["sub"] },
];

/** Whether the claims leave open whose token of a shared issuer it is. */
export function checkTenant(issuer: string, claims: ReadonlySet<string>): readonly DetailProblem[] {
  const plain = issuer.toLowerCase().replace(/(:443)?\/*$/, "");
  const shared = sharedIssuers.find((each) => each.issuer.test(plain));
  if (shared === undefined) return [];
  // Their own kinds pin ids, and keep out the forks and branches that claims written by hand let in.
  if (shared.kind !== undefined)
    return [
      {
        field: "issuer",
        problem: "strangers",
        message: `trusts ${briefText(issuer)}, which ${shared.everybody} has tokens of, without what the kind ${shared.kind} asks for`,
        help: `write the caller as ${shared.kind}`,
      },
    ];
  if (shared.pins.some((claim) => claims.has(claim))) return [];
  return [
    {
      field: "issuer",
      problem: "strangers",
      message: `trusts ${briefText(issuer)}, which ${shared.everybody} has tokens of, and pins none of them for good`,
      help: `add the claim ${shared.pins.join(" or ")}`,
    },
  ];
}
