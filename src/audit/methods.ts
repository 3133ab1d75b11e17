/** What the methods of some APIs do to access, by what their audit logs call them. */
export type MethodKind =
  | { readonly kind: "set-policy" }
  | { readonly kind: "run"; readonly verb: "created" | "updated" | "deleted"; readonly of: "service" | "job" }
  /** `mayOpen`: whether it may let somebody in, by what it does itself. */
  | { readonly kind: "other"; readonly what: string; readonly mayOpen: boolean }
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

const other = (what: string): MethodKind => ({ kind: "other", what, mayOpen: false });
const opening = (what: string): MethodKind => ({ kind: "other", what, mayOpen: true });
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
    { pattern: /\bInstances\./, means: opening("a Cloud Run instance changed") },
  ],
  "cloudresourcemanager.googleapis.com": [
    { pattern: /(?:^|\b(?:Projects|Folders|Organizations)\.)SetIamPolicy$/, means: { kind: "set-policy" } },
    // From its second version on, to update is to rename and to label.
    {
      pattern: /\.v[2-9]\w*\.\w+\.Update(?:Project|Folder|Organization)$|UpdateOrganization$/,
      means: other("changed"),
    },
    {
      pattern: /(?:Move|Update)(?:Project|Folder)$/,
      means: opening("moved or changed: what it inherits may differ"),
    },
    { pattern: /Undelete(?:Project|Folder|Organization)$/, means: opening("brought back") },
    { pattern: /(?:Create|Delete)(?:Project|Folder|Organization)$/, means: other("created or deleted") },
    { pattern: /ProjectOwnershipInvite$/, means: opening("somebody was invited to own it") },
    { pattern: /OrgPolicy$/, means: other("an organization policy changed") },
    { pattern: /Tag(?:Key|Value|Binding|Hold)|Lien|Capability/, means: harmless },
  ],
  "iam.googleapis.com": [
    { pattern: /^google\.iam\.admin\.v1\.SetI[Aa][Mm]Policy$/, means: { kind: "set-policy" } },
    { pattern: /\bCreateRole$/, means: other("role") },
    { pattern: /\bDeleteRole$/, means: other("a role was deleted") },
    { pattern: /\b(?:Update|Undelete)Role$/, means: opening("role") },
    {
      pattern: /\b(?:Create|Upload|Enable)ServiceAccountKey$/,
      means: opening("a key of the account was made or enabled"),
    },
    { pattern: /\b(?:Delete|Disable)ServiceAccountKey$/, means: other("a key of the account was deleted or disabled") },
    { pattern: /\bCreateServiceAccount$/, means: other("the account was created") },
    { pattern: /\bDeleteServiceAccount$/, means: other("the account was deleted") },
    { pattern: /\bUndeleteServiceAccount$/, means: opening("the account was brought back") },
    { pattern: /\bDisableServiceAccount$/, means: other("the account was disabled") },
    { pattern: /\bEnableServiceAccount$/, means: opening("the account was enabled") },
    { pattern: /\b(?:Update|Patch)ServiceAccount$/, means: harmless },
    { pattern: /^google\.iam\.v\d\w*\.Policies\./, means: opening("a deny policy changed") },
    { pattern: /PrincipalAccessBoundary|PolicyBindings/, means: opening("a principal access boundary changed") },
    {
      pattern: /WorkloadIdentityPool|WorkforcePool|OauthClient/,
      means: opening("who counts as a federated identity changed"),
    },
  ],
  "iap.googleapis.com": [
    { pattern: /\bSetIamPolicy$/, means: { kind: "set-policy" } },
    {
      pattern: /TunnelDestGroup|Brand|OAuthClient|ProxyClient/i,
      means: other("a client of Identity-Aware Proxy changed"),
    },
    { pattern: /./, means: opening("settings of Identity-Aware Proxy changed") },
  ],
  "cloudfunctions.googleapis.com": [
    { pattern: /\bSetIamPolicy$/, means: opening("the policy of a function was set") },
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
