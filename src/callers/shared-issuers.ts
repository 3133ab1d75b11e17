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
  {
    issuer: /^https:\/\/oidc\.codefresh\.io$/,
    everybody: "every account of Codefresh",
    pins: ["sub", "account_id", "pipeline_id"],
  },
  { issuer: /^https:\/\/scalr\.io$/, everybody: "every account of Scalr", pins: ["sub", "scalr_account_id"] },
  { issuer: /^https:\/\/api\.pulumi\.com\/oidc$/, everybody: "every organization of Pulumi", pins: ["sub"] },
  { issuer: /^https:\/\/appleid\.apple\.com$/, everybody: "everybody with an Apple account", pins: ["sub"] },
  {
    issuer: /^https:\/\/oauth2\.sigstore\.dev\/auth$/,
    everybody: "everybody who signs in at Sigstore",
    pins: ["sub", "email"],
  },
  { issuer: /^https:\/\/(www\.)?facebook\.com$/, everybody: "everybody with a Facebook account", pins: ["sub"] },
  { issuer: /^https:\/\/slack\.com$/, everybody: "every workspace of Slack", pins: ["sub"] },
];

/** However it is spelled: nobody has tokens of another spelling, but whoever writes it means this issuer. */
function sharedIssuer(issuer: string): SharedIssuer | undefined {
  return sharedIssuers.find((each) => each.issuer.test(plainIssuer(issuer)));
}

function plainIssuer(issuer: string): string {
  return issuer.toLowerCase().replace(/(:443)?\/*$/, "");
}

/** The right spelling of a known issuer that is written in another one; undefined where it is right, or not known. */
export function knownSpelling(issuer: string): string | undefined {
  const plain = plainIssuer(issuer);
  return plain === issuer || sharedIssuer(issuer) === undefined ? undefined : plain;
}

/** Whether the claims leave open whose token of a shared issuer it is. Only a text says it: their claims are texts. */
export function checkTenant(issuer: string, claims: ReadonlyMap<string, unknown>): readonly DetailProblem[] {
  const shared = sharedIssuer(issuer);
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
  const isText = (value: unknown): boolean => typeof value === "string" && value.trim() !== "";
  if (shared.pins.some((claim) => isText(claims.get(claim)))) return [];
  return [
    {
      field: "issuer",
      problem: "strangers",
      message: `trusts ${briefText(issuer)}, which ${shared.everybody} has tokens of, and pins none of them for good`,
      help: `add the claim ${shared.pins.join(" or ")}, as text`,
    },
  ];
}
