import { permissions, workloadPermissions } from "../../src/access/permissions.ts";
import type {
  AccountRecord,
  Binding,
  Container,
  DenyPolicy,
  DenyRule,
  GroupRecord,
  IapRecord,
  PoolRecord,
  ProjectRecord,
  Reading,
  RoleRecord,
  ServiceRecord,
  Snapshot,
} from "../../src/snapshot/snapshot.ts";
import { parseInstant, type Instant } from "../../src/time/instant.ts";

// Snapshots in few words: what is not said is there, was read, and is empty.

export const NOON: Instant = instantOf("2026-11-22T12:00:00Z");

function instantOf(text: string): Instant {
  const instant = parseInstant(text);
  if (instant === undefined) throw new Error(`${text} is no moment`);
  return instant;
}

/** What a role holds in the worlds of these tests. */
export const knownRoles: Readonly<Record<string, readonly string[]>> = {
  "roles/run.invoker": [permissions.invokeService, permissions.runJob],
  "roles/run.servicesInvoker": [permissions.invokeService],
  "roles/run.developer": [permissions.invokeService, permissions.runJob, permissions.sshService, "run.services.update"],
  "roles/run.admin": [permissions.invokeService, permissions.runJob, permissions.setServicePolicy],
  "roles/run.serviceAgent": [permissions.invokeService, permissions.getOpenIdToken],
  "roles/iap.httpsResourceAccessor": [permissions.passIap],
  "roles/owner": [
    permissions.invokeService,
    permissions.runJob,
    permissions.setServicePolicy,
    permissions.setProjectPolicy,
    permissions.setAccountPolicy,
    permissions.createKey,
    permissions.actAs,
    permissions.updateRole,
    permissions.sshService,
    permissions.setInstanceMetadata,
    ...workloadPermissions,
  ],
  "roles/editor": [
    permissions.invokeService,
    permissions.runJob,
    permissions.createKey,
    permissions.actAs,
    permissions.sshService,
    permissions.setInstanceMetadata,
    ...workloadPermissions,
  ],
  "roles/viewer": [],
  "roles/iam.serviceAccountTokenCreator": [
    permissions.getOpenIdToken,
    permissions.getAccessToken,
    permissions.signJwt,
    permissions.signBlob,
    permissions.implicitDelegation,
  ],
  "roles/iam.serviceAccountOpenIdTokenCreator": [permissions.getOpenIdToken],
  "roles/iam.workloadIdentityUser": [permissions.getAccessToken, permissions.getOpenIdToken],
  "roles/iam.serviceAccountUser": [permissions.actAs],
  "roles/iam.serviceAccountKeyAdmin": [permissions.createKey],
  "roles/iam.serviceAccountAdmin": [permissions.setAccountPolicy],
  "roles/iam.roleAdmin": [permissions.updateRole],
  "roles/cloudscheduler.admin": ["cloudscheduler.jobs.create", "cloudscheduler.jobs.update"],
  "roles/resourcemanager.folderAdmin": [permissions.setFolderPolicy, permissions.setProjectPolicy],
  "roles/resourcemanager.organizationAdmin": [
    permissions.setFolderPolicy,
    permissions.setProjectPolicy,
    permissions.setOrganizationPolicy,
  ],
};

export function read<T>(value: T): Reading<T> {
  return { status: "read", value };
}

export function partial<T>(value: T): Reading<T> {
  return { status: "partial", value, reason: "a page is missing" };
}

export const denied = { status: "denied", reason: "403" } as const;

/** `role: member, member`, with a condition if one is given. */
export function bind(role: string, members: string | readonly string[], expression?: string): Binding {
  return {
    role,
    members: typeof members === "string" ? [members] : members,
    ...(expression === undefined ? {} : { condition: { title: "when", expression } }),
  };
}

type Bindings = readonly Binding[] | typeof denied;

function policyOf(bindings: Bindings = []): Container["policy"] {
  return "status" in bindings ? bindings : read({ bindings });
}

export interface TinyService extends Partial<Omit<ServiceRecord, "policy" | "iap">> {
  readonly bindings?: Bindings;
  readonly iapBindings?: Bindings;
}

export function service(name: string, fields: TinyService = {}): ServiceRecord {
  const { bindings, iapBindings, ...rest } = fields;
  const resource = `projects/111/iap_web/cloud_run-r1/services/${name}`;
  return {
    kind: "service",
    region: "r1",
    name,
    policy: policyOf(bindings),
    invokerCheckDisabled: false,
    ingress: "all",
    defaultUrlDisabled: false,
    iapEnabled: false,
    iap: fields.iapEnabled === true ? { resource, policy: policyOf(iapBindings) } : null,
    account: null,
    urls: [],
    audiences: [],
    ...rest,
  };
}

export interface TinyContainer {
  readonly parent?: string | null;
  readonly bindings?: Bindings;
  readonly deny?: readonly DenyRule[] | typeof denied;
  readonly details?: Container["details"];
}

export function container(resource: string, fields: TinyContainer, number = resource.split("/")[1] ?? ""): Container {
  const { parent = null, bindings, deny = [], details } = fields;
  return {
    resource,
    details: details ?? read({ number, parent }),
    policy: policyOf(bindings),
    deny: "status" in deny ? deny : read(denyPolicies(deny)),
  };
}

function denyPolicies(rules: readonly DenyRule[]): readonly DenyPolicy[] {
  return rules.length === 0 ? [] : [{ name: "policies/deny", rules }];
}

export function denyRule(principals: readonly string[], fields: Partial<DenyRule> = {}): DenyRule {
  return {
    deniedPrincipals: principals,
    exceptionPrincipals: [],
    deniedPermissions: ["run.googleapis.com/routes.invoke"],
    exceptionPermissions: [],
    ...fields,
  };
}

export function roleOf(name: string, held: RoleRecord["permissions"] | readonly string[]): RoleRecord {
  return { name, source: "live", permissions: "status" in held ? held : read(held) };
}

export function group(email: string, members: GroupRecord["members"] | readonly string[]): GroupRecord {
  return { email, members: "status" in members ? members : read(members) };
}

export function account(email: string, bindings: Bindings = [], isDisabled = false): AccountRecord {
  return { email, details: read({ uniqueId: "1", disabled: isDisabled }), policy: policyOf(bindings) };
}

/** The one project is `p1` with the number 111; its services are there. */
export interface TinyWorld {
  readonly project?: TinyContainer;
  /** Folders and organizations, by resource. */
  readonly above?: Readonly<Record<string, TinyContainer>>;
  readonly services?: readonly ServiceRecord[];
  readonly jobs?: readonly ServiceRecord[];
  /** Those that the project lists, and others whose records are there. */
  readonly lists?: readonly string[];
  readonly accounts?: readonly AccountRecord[];
  /** Beside the known ones, and instead of those of the same name. */
  readonly roles?: readonly RoleRecord[];
  readonly groups?: readonly GroupRecord[];
  readonly pools?: readonly PoolRecord[];
  readonly iap?: readonly IapRecord[];
}

export function world(parts: TinyWorld): Snapshot {
  const { project = {}, above = {}, services = [], jobs = [], accounts = [], roles = [], groups = [] } = parts;
  const known = Object.entries(knownRoles).filter(([name]) => roles.every((each) => each.name !== name));
  const record: ProjectRecord = {
    project: "p1",
    services: read(services),
    jobs: read(jobs),
    accounts: read(parts.lists ?? accounts.map(({ email }) => email)),
    pools: read(parts.pools ?? []),
    iap: parts.iap ?? ["projects/111/iap_web", "projects/111/iap_web/cloud_run-r1"].map(emptyIap),
  };
  return {
    ...emptySnapshot,
    containers: [
      ...Object.entries(above).map(([resource, fields]) => container(resource, fields)),
      container("projects/p1", project, "111"),
    ],
    projects: [record],
    accounts,
    roles: [...roles, ...known.map(([name, held]) => roleOf(name, held))],
    groups,
  };
}

function emptyIap(resource: string): IapRecord {
  return { resource, policy: policyOf() };
}

export const emptySnapshot: Snapshot = {
  schema: "matrix/snapshot/v1",
  version: "0.0.0",
  startedAt: "2026-11-22T11:59:00Z",
  finishedAt: "2026-11-22T12:00:00Z",
  reader: null,
  environment: null,
  asked: { projects: ["p1"], scope: ["projects/p1"], groups: true },
  endpoints: {},
  scopes: [],
  containers: [],
  projects: [],
  accounts: [],
  roles: [],
  groups: [],
  sha256: "",
};
