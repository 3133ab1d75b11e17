import { permissions } from "../access/permissions.ts";
import type { DeclaredAccess } from "./declared-access.ts";
import type { GuardRuleId } from "./guard-rule-ids.ts";
import type { SeenGrant } from "./judge-grant.ts";

/** What a grant at some place lets its member do, and which rule says so. */
export interface GrantStep {
  readonly rule: GuardRuleId;
  /** Any of them is enough. */
  readonly permissions: readonly string[];
}

/**
 * What changes the policies of jobs, and of what stands behind Identity-Aware Proxy. docs: /iap/docs/reference/rest/v1,
 * setIamPolicy, and /run/docs/reference/iam/permissions
 */
export const writePermissions = {
  setJobPolicy: "run.jobs.setIamPolicy",
  setIap: [
    "iap.web.setIamPolicy",
    "iap.webTypes.setIamPolicy",
    "iap.webServices.setIamPolicy",
    "iap.webServiceVersions.setIamPolicy",
  ],
  /** What decides whom a workload identity pool lets in. docs: /iam/docs/roles-permissions/iam */
  setProviders: ["iam.workloadIdentityPoolProviders.create", "iam.workloadIdentityPoolProviders.update"],
} as const;

const become: GrantStep = {
  rule: "plan-impersonates",
  permissions: [
    permissions.getOpenIdToken,
    permissions.getAccessToken,
    permissions.signJwt,
    permissions.signBlob,
    permissions.implicitDelegation,
    permissions.createKey,
    permissions.setAccountPolicy,
  ],
};
const runAs: GrantStep = { rule: "plan-runs-as", permissions: [permissions.actAs] };
const invoke: GrantStep = {
  rule: "plan-grants-inherited",
  permissions: [permissions.invokeService, permissions.runJob],
};
const passIap: GrantStep = { rule: "plan-passes-iap", permissions: [permissions.passIap] };

/** All that lets somebody in, or become somebody who is let in, wherever it is granted. */
export const allSteps: readonly GrantStep[] = [
  invoke,
  passIap,
  become,
  runAs,
  {
    rule: "plan-writes-policy",
    permissions: [
      permissions.setServicePolicy,
      writePermissions.setJobPolicy,
      ...writePermissions.setIap,
      ...writePermissions.setProviders,
      permissions.setProjectPolicy,
      permissions.setFolderPolicy,
      permissions.setOrganizationPolicy,
      permissions.updateRole,
    ],
  },
];

/** What to ask of a role, by where it is granted: the gravest first. */
export function grantSteps(seen: Omit<SeenGrant, "member">, declared: DeclaredAccess): readonly GrantStep[] {
  const { level } = seen.grant.target.parent;
  switch (level) {
    case "service":
      return [
        { rule: "plan-grants-undeclared", permissions: [permissions.invokeService] },
        { rule: "plan-writes-policy", permissions: [permissions.setServicePolicy] },
      ];
    case "job":
      return [
        { rule: "plan-grants-undeclared", permissions: [permissions.runJob] },
        { rule: "plan-writes-policy", permissions: [writePermissions.setJobPolicy] },
      ];
    case "iap":
      return [passIap, { rule: "plan-writes-policy", permissions: writePermissions.setIap }];
    case "account":
      return [become, runAs];
    case "pool": {
      const project = seen.where.kind === "inside" ? seen.where.project : undefined;
      const pools = declared.outsiders.poolsOf(project, seen.resource?.split("/").at(-1));
      return pools.length === 0 ? [] : [{ rule: "plan-writes-policy", permissions: writePermissions.setProviders }];
    }
    case "function":
      return [];
    default:
      return stepsAbove(seen, declared);
  }
}

/** Of what a project passes on, only what there is below it matters. */
function stepsAbove(
  { where }: Omit<SeenGrant, "member">,
  { rows, accounts, projects, outsiders }: DeclaredAccess,
): readonly GrantStep[] {
  const isBelow = (project: string | undefined): boolean => where.kind !== "inside" || project === where.project;
  const hasIap = [...rows.values()].some(({ service }) => service.iap !== undefined && isBelow(service.project.id));
  const hasAccounts = [...accounts.values()].some(({ project }) => isBelow(project));
  // A project that only holds accounts of the matrix has services that are not its business.
  const hasServices = where.kind !== "inside" || projects.has(where.project);
  const writes: string[] = [permissions.setProjectPolicy, permissions.updateRole];
  if (hasServices) writes.push(permissions.setServicePolicy, writePermissions.setJobPolicy);
  if (hasIap) writes.push(...writePermissions.setIap);
  if (outsiders.poolsOf(where.kind === "inside" ? where.project : undefined, undefined).length > 0)
    writes.push(...writePermissions.setProviders);
  if (where.kind !== "inside") writes.push(permissions.setFolderPolicy, permissions.setOrganizationPolicy);
  return [
    ...(hasServices ? [invoke] : []),
    ...(hasIap ? [passIap] : []),
    ...(hasAccounts ? [become, runAs] : []),
    { rule: "plan-writes-policy", permissions: writes },
  ];
}
