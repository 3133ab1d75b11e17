import type {
  AccountRecord,
  Binding,
  Container,
  GroupRecord,
  KeyRecord,
  PoolRecord,
  RoleRecord,
  ScopeRecord,
  ServiceRecord,
  Snapshot,
} from "../../src/snapshot/snapshot.ts";
import { account, type TinyService, emptySnapshot, knownRoles, read, roleOf, service } from "../access/tiny-world.ts";

// Live worlds in few words, with the names that the examples of the documentation have. What is not said is there, was
// read, and is as the matrix says by default.

const PROJECT = "acme-prod";
export const NUMBER = "111111111111";
const REGION = "europe-west1";

export function email(id: string, project = PROJECT): string {
  return `${id}@${project}.iam.gserviceaccount.com`;
}

/** The account that the matrix gives a service, as a member. */
export function sa(id: string, project = PROJECT): string {
  return `serviceAccount:${email(`${id}-sa`, project)}`;
}

export function invoker(...members: readonly string[]): Binding {
  return { role: "roles/run.invoker", members };
}

/** A service with its own account and ingress internal. */
export function live(name: string, bindings: readonly Binding[] = [], fields: TinyService = {}): ServiceRecord {
  const record = service(name, {
    region: REGION,
    ingress: "internal",
    account: email(`${name}-sa`),
    ...fields,
    bindings,
  });
  const { iap } = record;
  const resource = `projects/${NUMBER}/iap_web/cloud_run-${record.region}/services/${name}`;
  return iap === null ? record : { ...record, iap: { ...iap, resource } };
}

export function container(resource: string, number: string, fields: Partial<Container> = {}): Container {
  const details = read({ number, parent: null });
  return { resource, details, policy: read({ bindings: [] }), deny: read([]), ...fields };
}

export function keyOf(id: string, fields: Partial<KeyRecord> = {}): KeyRecord {
  return { id, disabled: false, validAfter: "2024-03-01T00:00:00Z", validBefore: "9999-12-31T23:59:59Z", ...fields };
}

export interface LiveWorld {
  readonly services?: readonly ServiceRecord[];
  readonly jobs?: readonly ServiceRecord[];
  /** Of the project. */
  readonly bindings?: readonly Binding[];
  readonly project?: Partial<Container>;
  readonly above?: readonly Container[];
  /** Beside the accounts that services run as, and instead of those of the same email. */
  readonly accounts?: readonly AccountRecord[];
  readonly roles?: readonly RoleRecord[];
  readonly groups?: readonly GroupRecord[];
  readonly pools?: readonly PoolRecord[];
  /** Other projects with what runs in them. */
  readonly others?: Readonly<Record<string, readonly ServiceRecord[]>>;
  readonly scopes?: readonly ScopeRecord[];
  readonly scope?: readonly string[];
}

/** A snapshot of the project acme-prod. */
export function world(parts: LiveWorld): Snapshot {
  const { services = [], jobs = [], bindings = [], accounts = [], roles = [], others = {}, scopes = [] } = parts;
  const running = [...services, ...jobs].flatMap((record) => record.account ?? []);
  const given = new Set(accounts.map((each) => each.email));
  const own = [...new Set(running)].filter((each) => !given.has(each)).map((each) => account(each));
  const all = [...own, ...accounts].sort((a, b) => (a.email < b.email ? -1 : 1));
  const known = Object.entries(knownRoles).filter(([name]) => roles.every((each) => each.name !== name));
  const projects = { [PROJECT]: services, ...others };
  return {
    ...emptySnapshot,
    environment: "prod",
    asked: { projects: [PROJECT], scope: parts.scope ?? [`projects/${PROJECT}`], groups: true },
    scopes,
    containers: [
      ...(parts.above ?? []),
      container(`projects/${PROJECT}`, NUMBER, { policy: read({ bindings }), ...parts.project }),
    ],
    projects: Object.entries(projects).map(([project, records]) => ({
      project,
      services: read(records),
      jobs: read(project === PROJECT ? jobs : []),
      accounts: read(
        all.map((each) => each.email).filter((each) => each.endsWith(`@${project}.iam.gserviceaccount.com`)),
      ),
      pools: read(project === PROJECT ? (parts.pools ?? []) : []),
      iap: [`projects/${NUMBER}/iap_web`, `projects/${NUMBER}/iap_web/cloud_run-${REGION}`].map((resource) => ({
        resource,
        policy: read({ bindings: [] }),
      })),
    })),
    accounts: all,
    roles: [...roles, ...known.map(([name, held]) => roleOf(name, held))],
    groups: parts.groups ?? [],
  };
}
