/** What the methods of some APIs do to access, by what their audit logs call them. */
export type MethodKind =
  | { readonly kind: "set-policy" }
  | { readonly kind: "run"; readonly verb: "created" | "updated" | "deleted"; readonly of: "service" | "job" }
  | { readonly kind: "other"; readonly what: string }
  | { readonly kind: "harmless" }
  | { readonly kind: "unknown" };

/** The APIs whose methods are known one by one; an entry of any other API is not looked at. */
export const watchedApis: readonly string[] = [
  "run.googleapis.com",
  "iam.googleapis.com",
  "cloudresourcemanager.googleapis.com",
  "iap.googleapis.com",
  "cloudfunctions.googleapis.com",
  "orgpolicy.googleapis.com",
];

interface MethodRule {
  readonly pattern: RegExp;
  readonly means: MethodKind;
}

const other = (what: string): MethodKind => ({ kind: "other", what });
const harmless: MethodKind = { kind: "harmless" };

/**
 * By API, the first that fits.
 * docs: /run/docs/audit-logging, /iam/docs/audit-logging, /resource-manager/docs/audit-logging, /iap/docs/audit-log-howto,
 * /functions/docs/monitoring/audit-logging: v1 and v2 of an API have names of their own
 */
const rules: Readonly<Record<string, readonly MethodRule[]>> = {
  "run.googleapis.com": [
    { pattern: /\b(?:Services|Jobs)\.SetIamPolicy$/, means: { kind: "set-policy" } },
    { pattern: /\bServices\.CreateService$/, means: { kind: "run", verb: "created", of: "service" } },
    { pattern: /\bServices\.(?:Replace|Update|Patch)Service$/, means: { kind: "run", verb: "updated", of: "service" } },
    { pattern: /\bServices\.DeleteService$/, means: { kind: "run", verb: "deleted", of: "service" } },
    { pattern: /\bJobs\.CreateJob$/, means: { kind: "run", verb: "created", of: "job" } },
    { pattern: /\bJobs\.(?:Replace|Update|Patch)Job$/, means: { kind: "run", verb: "updated", of: "job" } },
    { pattern: /\bJobs\.DeleteJob$/, means: { kind: "run", verb: "deleted", of: "job" } },
    {
      pattern: /\b(?:Revisions|Executions|Tasks|Operations|Configurations|Routes|DomainMappings|WorkerPools|Builds)\./,
      means: harmless,
    },
    { pattern: /\bJobs\.RunJob$/, means: harmless },
    { pattern: /\bInstances\./, means: other("a Cloud Run instance changed") },
  ],
  "cloudresourcemanager.googleapis.com": [
    { pattern: /(?:^|\b(?:Projects|Folders|Organizations)\.)SetIamPolicy$/, means: { kind: "set-policy" } },
    {
      pattern: /(?:Move|Update)(?:Project|Folder)$|UpdateOrganization$/,
      means: other("moved or changed: what it inherits may differ"),
    },
    { pattern: /(?:Create|Delete|Undelete)(?:Project|Folder|Organization)$/, means: other("created or deleted") },
    { pattern: /OrgPolicy$/, means: other("an organization policy changed") },
    { pattern: /Tag(?:Key|Value|Binding|Hold)|Lien|Capability/, means: harmless },
  ],
  "iam.googleapis.com": [
    { pattern: /^google\.iam\.admin\.v1\.SetI[Aa][Mm]Policy$/, means: { kind: "set-policy" } },
    { pattern: /\b(?:Create|Update|Delete|Undelete)Role$/, means: other("role") },
    {
      pattern: /\b(?:Create|Upload|Enable)ServiceAccountKey$/,
      means: other("a key of the account was made or enabled"),
    },
    { pattern: /\b(?:Delete|Disable)ServiceAccountKey$/, means: other("a key of the account was deleted or disabled") },
    { pattern: /\bCreateServiceAccount$/, means: other("the account was created") },
    { pattern: /\bDeleteServiceAccount$/, means: other("the account was deleted") },
    { pattern: /\bUndeleteServiceAccount$/, means: other("the account was brought back") },
    { pattern: /\bDisableServiceAccount$/, means: other("the account was disabled") },
    { pattern: /\bEnableServiceAccount$/, means: other("the account was enabled") },
    { pattern: /\b(?:Update|Patch)ServiceAccount$/, means: harmless },
    { pattern: /^google\.iam\.v\d\w*\.Policies\./, means: other("a deny policy changed") },
    { pattern: /PrincipalAccessBoundary|PolicyBindings/, means: other("a principal access boundary changed") },
    {
      pattern: /WorkloadIdentityPool|WorkforcePool|OauthClient/,
      means: other("who counts as a federated identity changed"),
    },
  ],
  "iap.googleapis.com": [
    { pattern: /\bSetIamPolicy$/, means: { kind: "set-policy" } },
    { pattern: /./, means: other("settings of Identity-Aware Proxy changed") },
  ],
  "cloudfunctions.googleapis.com": [
    { pattern: /\bSetIamPolicy$/, means: other("the policy of a function was set") },
    { pattern: /\b(?:Create|Update|Delete)Function$/, means: other("a function was deployed or deleted") },
    { pattern: /./, means: harmless },
  ],
  "orgpolicy.googleapis.com": [{ pattern: /./, means: other("an organization policy changed") }],
};

/** What a method of an API does to access; undefined for an API that is not looked at. */
export function methodKind(api: string, method: string): MethodKind | undefined {
  if (!watchedApis.includes(api)) return undefined;
  return rules[api]?.find(({ pattern }) => pattern.test(method))?.means ?? { kind: "unknown" };
}
