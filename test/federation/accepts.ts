import { EXISTING } from "./arbitrary-outside.ts";
import type { RawFields } from "../synth/document.ts";
import { ASKED, type OidcToken, type OutsideToken } from "./token.ts";

// Whom a caller of a document means, worked out from the words of the language alone.

const GITHUB = "https://token.actions.githubusercontent.com";

/** Where a caller stands: what its project is called, and what its file of keys holds. */
export interface Standing {
  readonly project: string;
  readonly keys: string | undefined;
}

/** Whether a caller means whoever shows a token. Undefined: the language does not say. */
export function accepts(caller: RawFields, token: OutsideToken, { project, keys }: Standing): boolean | undefined {
  const details = (kind: string): Readonly<Record<string, string>> | undefined =>
    caller[kind] as Readonly<Record<string, string>> | undefined;
  const gke = details("gke");
  if (gke !== undefined) {
    const { namespace, serviceAccount } = gke;
    return (
      token.kind === "pod" &&
      token.project === project &&
      token.namespace === namespace &&
      token.account === serviceAccount
    );
  }
  const aws = details("aws");
  if (aws !== undefined) {
    if (token.kind !== "aws" || token.account !== aws["account"]) return false;
    const [, account, role] = /^arn:aws:sts::(\d+):assumed-role\/([^/]+)\/[^/]+$/.exec(token.arn) ?? [];
    return account === aws["account"] && role === aws["role"];
  }
  if (token.kind !== "oidc") return false;
  const github = details("github");
  if (github !== undefined) return isSigned(token, GITHUB, undefined, undefined) && isOfGitHub(github, token);
  const gitlab = details("gitlab");
  if (gitlab !== undefined)
    return (
      isSigned(token, gitlab["issuer"] ?? "https://gitlab.com", gitlab["audience"], keys) && isOfGitLab(gitlab, token)
    );
  const oidc = details("oidc");
  if (oidc !== undefined) {
    const { provider, issuer = "", audience, subject } = oidc;
    // Somebody else's provider: it takes the audience that its owner has set, which is its own name.
    if (provider !== undefined && issuer !== EXISTING.issuer) return false;
    if (!isSigned(token, issuer, audience, keys)) return false;
    if (subject !== undefined && token.claims["sub"] !== subject) return false;
    return hasClaims((caller["oidc"] as RawFields)["claims"] as Readonly<Record<string, unknown>> | undefined, token);
  }
  const spiffe = details("spiffe");
  if (spiffe === undefined) return false;
  const { issuer = "", audience, trustDomain, path } = spiffe;
  return isSigned(token, issuer, audience, keys) && token.claims["sub"] === `spiffe://${trustDomain}${path}`;
}

/** From this issuer, with its keys, for this audience; without one, for the provider. */
function isSigned(token: OidcToken, issuer: string, audience: string | undefined, keys: string | undefined): boolean {
  return token.issuer === issuer && token.keys === keys && (token.audience === ASKED || token.audience === audience);
}

function isOfGitHub(written: Readonly<Record<string, string>>, { claims }: OidcToken): boolean | undefined {
  const { ownerId, repository, repositoryId, branch, tag, environment, workflow } = written;
  if (claims["repository_owner_id"] !== ownerId) return false;
  // A repository that has an id may be renamed: the name says nothing then.
  if (repositoryId === undefined ? claims["repository"] !== repository : claims["repository_id"] !== repositoryId)
    return false;
  if (branch !== undefined && claims["ref"] !== `refs/heads/${branch}`) return false;
  if (tag !== undefined && claims["ref"] !== `refs/tags/${tag}`) return false;
  if (environment !== undefined && claims["environment"] !== environment) return false;
  if (workflow === undefined) return true;
  const [, file, at] = /^([^@]+(?:@(?!refs\/)[^@]*)*)@(refs\/.*)$/s.exec(String(claims["workflow_ref"])) ?? [];
  const isFile = file === `${repository}/${workflow}`;
  // The file of one branch, run on another: the language names one ref, which both must be.
  const isAtRef = at === claims["ref"];
  if (isFile && claims["repository"] === repository && isAtRef) return true;
  if (isFile) return undefined;
  // Renamed, with an id: the file is the same one under another name.
  return file === `${String(claims["repository"])}/${workflow}` && repositoryId !== undefined ? undefined : false;
}

function isOfGitLab(written: Readonly<Record<string, string>>, { claims }: OidcToken): boolean {
  const { namespaceId, project, projectId, branch, tag, environment } = written;
  if (claims["namespace_id"] !== namespaceId) return false;
  if (projectId === undefined ? claims["project_path"] !== project : claims["project_id"] !== projectId) return false;
  if (branch !== undefined && (claims["ref"] !== branch || claims["ref_type"] !== "branch")) return false;
  if (tag !== undefined && (claims["ref"] !== tag || claims["ref_type"] !== "tag")) return false;
  return environment === undefined || claims["environment"] === environment;
}

function hasClaims(written: Readonly<Record<string, unknown>> | undefined, { claims }: OidcToken): boolean | undefined {
  const verdicts = Object.entries(written ?? {}).map(([name, value]) => {
    if (claims[name] === value) return true;
    // A number in the matrix, and the same as text in the token.
    return claims[name] !== undefined && typeof value !== "string" && String(claims[name]) === String(value)
      ? undefined
      : false;
  });
  if (verdicts.includes(false)) return false;
  return verdicts.includes(undefined) ? undefined : true;
}
