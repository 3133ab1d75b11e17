/** One kind of request, and what it takes. */
export interface NeededPermission {
  readonly reads: string;
  readonly request: string;
  readonly permission: string;
  /** When it is asked at all; empty for always. */
  readonly when: string;
}

const occasions = {
  always: "",
  scope: "only for a scope that is a folder or an organization",
  region: "only for regions that the list over all regions did not reach",
  unsure: "only for a service of the matrix that the list lacks, or that vanished while it was read",
  iap: "only in projects with a service behind IAP",
  elsewhere: "only for accounts that are named and in no list that was read, or that vanished while they were read",
  groups: "only with --groups",
  activity: "only with --activity",
  changes: "only of matrix changes and matrix drift --attribute, for each project, folder and organization",
} as const;

function need(
  reads: string,
  request: string,
  permission: string,
  occasion: keyof typeof occasions = "always",
): NeededPermission {
  return { reads, request, permission, when: occasions[occasion] };
}

/** Every kind of request that a reading sends. A test holds them against the list of allowed ones. */
export const neededPermissions: readonly NeededPermission[] = [
  need(
    "projects in the scope",
    "GET cloudresourcemanager v3/projects?parent=…",
    "resourcemanager.projects.list",
    "scope",
  ),
  need("folders in the scope", "GET cloudresourcemanager v3/folders?parent=…", "resourcemanager.folders.list", "scope"),
  need("the project, and where it lies", "GET cloudresourcemanager v3/projects/P", "resourcemanager.projects.get"),
  need("folders above", "GET cloudresourcemanager v3/folders/F", "resourcemanager.folders.get"),
  need("the organization", "GET cloudresourcemanager v3/organizations/O", "resourcemanager.organizations.get"),
  need(
    "policy of the project",
    "POST cloudresourcemanager v3/projects/P:getIamPolicy",
    "resourcemanager.projects.getIamPolicy",
  ),
  need(
    "policies of folders",
    "POST cloudresourcemanager v3/folders/F:getIamPolicy",
    "resourcemanager.folders.getIamPolicy",
  ),
  need(
    "policy of the organization",
    "POST cloudresourcemanager v3/organizations/O:getIamPolicy",
    "resourcemanager.organizations.getIamPolicy",
  ),
  need("deny policies", "GET iam v2/policies/A/denypolicies", "iam.denypolicies.list"),
  need("rules of a deny policy", "GET iam v2/policies/A/denypolicies/D", "iam.denypolicies.get"),
  need("services in all regions", "GET run v1/projects/P/locations/-/services", "run.services.list"),
  need("jobs in all regions", "GET run apis/run.googleapis.com/v1/namespaces/P/jobs", "run.jobs.list"),
  need("services of a region", "GET run v2/projects/P/locations/R/services", "run.services.list", "region"),
  need("jobs of a region", "GET run v2/projects/P/locations/R/jobs", "run.jobs.list", "region"),
  need("one service", "GET run v2/projects/P/locations/R/services/S", "run.services.get", "unsure"),
  need("one job", "GET run v2/projects/P/locations/R/jobs/J", "run.jobs.get", "unsure"),
  need("policy of a service", "GET run v1/projects/P/locations/R/services/S:getIamPolicy", "run.services.getIamPolicy"),
  need("policy of a job", "GET run v1/projects/P/locations/R/jobs/J:getIamPolicy", "run.jobs.getIamPolicy"),
  need("IAP of the project", "POST iap v1/projects/N/iap_web:getIamPolicy", "iap.web.getIamPolicy", "iap"),
  need(
    "IAP of a region",
    "POST iap v1/projects/N/iap_web/cloud_run-R:getIamPolicy",
    "iap.webTypes.getIamPolicy",
    "iap",
  ),
  need(
    "IAP of a service",
    "POST iap v1/projects/N/iap_web/cloud_run-R/services/S:getIamPolicy",
    "iap.webServices.getIamPolicy",
    "iap",
  ),
  need("service accounts", "GET iam v1/projects/P/serviceAccounts", "iam.serviceAccounts.list"),
  need("one service account", "GET iam v1/projects/P/serviceAccounts/E", "iam.serviceAccounts.get", "elsewhere"),
  need("keys of an account", "GET iam v1/projects/P/serviceAccounts/E/keys", "iam.serviceAccountKeys.list"),
  need(
    "policy of an account",
    "POST iam v1/projects/P/serviceAccounts/E:getIamPolicy",
    "iam.serviceAccounts.getIamPolicy",
  ),
  need(
    "pools of workload identity",
    "GET iam v1/projects/P/locations/global/workloadIdentityPools",
    "iam.workloadIdentityPools.list",
  ),
  need(
    "providers of a pool",
    "GET iam v1/projects/P/locations/global/workloadIdentityPools/W/providers",
    "iam.workloadIdentityPoolProviders.list",
  ),
  need("a predefined role", "GET iam v1/roles/X", "iam.roles.get"),
  need("a role of a project", "GET iam v1/projects/P/roles/X", "iam.roles.get"),
  need("a role of an organization", "GET iam v1/organizations/O/roles/X", "iam.roles.get"),
  need("a group", "GET cloudidentity v1/groups:lookup", "a reader of groups in Cloud Identity", "groups"),
  need(
    "its members",
    "GET cloudidentity v1/groups/G/memberships:searchTransitiveMemberships",
    "a reader of groups in Cloud Identity",
    "groups",
  ),
  need(
    "when accounts last authenticated",
    "GET policyanalyzer v1/projects/P/locations/global/activityTypes/serviceAccountLastAuthentication/activities:query",
    "policyanalyzer.serviceAccountLastAuthenticationActivities.query",
    "activity",
  ),
  need("Admin Activity audit logs", "POST logging v2/entries:list", "logging.logEntries.list", "changes"),
];

/** The text of docs/permissions.md, and of `matrix snapshot --print-permissions`. Markdown. */
export function describePermissions(): string {
  const rows = neededPermissions.map(
    ({ reads, request, permission, when }) =>
      `| ${reads}${when === "" ? "" : ` (${when})`} | \`${request}\` | ${permission.includes(" ") ? permission : `\`${permission}\``} |`,
  );
  return `${introduction}\n| what | request | permission |\n| --- | --- | --- |\n${rows.join("\n")}\n${roles}`;
}

const introduction = `# Permissions

What \`matrix snapshot\`, \`matrix drift\`, \`matrix changes\` and \`matrix sweep --live\` ask of Google Cloud, and what each
request takes. Nothing else is sent: a request that is not in this table, and not an exchange of tokens, is refused
before a byte leaves the machine. \`matrix verify\` is apart: it [calls services](verify.md), and asks for ID tokens alone. Some reads are POSTs because Google made them so; none of them changes anything.
`;

const roles = `
## Roles

**For an organization**: \`roles/iam.securityAuditor\` on the organization holds every permission of this table but those of
Cloud Identity and of the Policy Analyzer. It reads the folders and the organization above each project, their deny
policies with the rules, and the settings of services.

\`\`\`sh
gcloud organizations add-iam-policy-binding ORGANIZATION \\
  --member=serviceAccount:READER@PROJECT.iam.gserviceaccount.com --role=roles/iam.securityAuditor
\`\`\`

**For one project**: \`roles/iam.securityAuditor\` on the project. The levels above it are then not read, which the result
says: access that is granted on a folder or on the organization is not seen.

\`\`\`sh
gcloud projects add-iam-policy-binding PROJECT \\
  --member=serviceAccount:READER@PROJECT.iam.gserviceaccount.com --role=roles/iam.securityAuditor
\`\`\`

\`roles/iam.securityReviewer\` is not enough: it lists services but may not get one, and it cannot read the rules of deny
policies. \`roles/viewer\` on a project reads neither folders nor the organization.

**Members of groups** (\`--groups\`) take no role of Google Cloud: an administrator of Cloud Identity or Google Workspace
makes the reader a Groups Reader. Without it a group is judged as one principal.

**When accounts last authenticated** (\`--activity\`, of \`matrix snapshot\`) takes
\`roles/policyanalyzer.activityAnalysisViewer\` on each project, and the Policy Analyzer API enabled in the project that pays
for the quota. Without it the accounts say that it was denied, and nothing else changes.

**The settings of services** (\`matrix sweep --live\`) are in the lists of services and jobs alone, for which
\`roles/run.viewer\` on each project is enough. A snapshot keeps none of their environment values.

**ID tokens to call services with** (\`matrix verify --as\`) take \`iam.serviceAccounts.getOpenIdToken\` on each account that is
shown, which \`roles/iam.serviceAccountOpenIdTokenCreator\` holds. No command that reads can make them.

**A service account to read with**: \`--impersonate-service-account\` takes \`iam.serviceAccounts.getAccessToken\` on it, which
\`roles/iam.serviceAccountTokenCreator\` holds.

**A project that pays for the quota** (\`GOOGLE_CLOUD_QUOTA_PROJECT\`, or the one in the credentials of a user) takes
\`serviceusage.services.use\` on it, which \`roles/serviceusage.serviceUsageConsumer\` holds.

## Quotas

Deny policies are read five times a minute (Google's limit of the v2 API of IAM): one request for each level and one for
each policy on it. Everything else is far below its limits.

## Exchange of tokens

Tokens come from \`oauth2.googleapis.com/token\`, \`sts.googleapis.com/v1/token\` and \`/v1/oauthtoken\`,
\`iamcredentials.googleapis.com/…:generateAccessToken\`, the metadata server of the machine, or the URL that the credentials of
Workload Identity Federation name as the source of their token. \`GOOGLE_OAUTH_ACCESS_TOKEN\` needs none of them.
`;
