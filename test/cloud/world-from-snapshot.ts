import type {
  AccountRecord,
  Container,
  Policy,
  ProjectRecord,
  Reading,
  ServiceRecord,
  Snapshot,
} from "../../src/snapshot/snapshot.ts";
import { poolName } from "./apis/iam-pools.ts";
import {
  account,
  type CloudWorld,
  makeWorld,
  numberOf,
  project,
  type WorldAccount,
  type WorldContainer,
  type WorldPolicy,
  type WorldPool,
  type WorldProject,
  type WorldService,
} from "./world.ts";

/** What a snapshot says of the cloud, without what it says of the reading. */
export type SnapshotContent = Pick<Snapshot, "scopes" | "containers" | "projects" | "accounts" | "roles" | "groups">;

/** Reads that were refused, or failed, as the world writes them. */
type Closed = Record<string, "denied" | "failed">;

/**
 * A cloud of which a reader could have written this snapshot: what was read is there, what was denied answers 403, what
 * failed 500. Throws for partial readings, which no cloud gives in one way alone, and for roles of the built-in table.
 */
export function worldFromSnapshot(snapshot: SnapshotContent): CloudWorld {
  const closed: Closed = {};
  const inProjects = snapshot.projects.map((record) => toProject(snapshot, record, closed));
  const known = new Set(inProjects.flatMap(({ accounts }) => accounts.map(({ email }) => email)));
  const elsewhere = snapshot.accounts.filter(({ email }) => !known.has(email));
  for (const { resource, projects } of snapshot.scopes) {
    take(projects, [], closed, `children ${resource}`);
  }
  const roles = toRoles(snapshot, closed);
  const above = (prefix: string): readonly PlacedContainer[] =>
    snapshot.containers.filter(({ resource }) => resource.startsWith(prefix)).map((one) => toContainer(one, closed));
  return makeWorld({
    organizations: above("organizations/").map(({ container }) => container),
    folders: above("folders/").map(({ container, parent }) => ({ ...container, parent: parent ?? "organizations/0" })),
    projects: addAccounts(inProjects, elsewhere, closed),
    groups: snapshot.groups.map(({ email, members }) => ({
      email,
      members: take(members, [], closed, `members ${email}`),
    })),
    // Snapshots keep a few permissions of those that a predefined role has: no role of Google's is without any.
    roles: Object.fromEntries(
      roles
        .filter(([name]) => name.startsWith("roles/"))
        .map(([name, permissions]) => [name, ["resourcemanager.projects.get", ...permissions]]),
    ),
    customRoles: roles
      .filter(([name]) => !name.startsWith("roles/"))
      .map(([name, permissions]) => ({ name, permissions, state: "GA" })),
    closed,
  });
}

/** The value of a reading, or the stand-in, and then the read is closed. */
function take<T>(reading: Reading<T>, standIn: T, closed: Closed, read: string): T {
  switch (reading.status) {
    case "read":
      return reading.value;
    case "partial":
      throw new Error(`a partial reading cannot be served: ${read}`);
    case "denied":
    case "failed":
      closed[read] = reading.status;
      return standIn;
  }
}

const noPolicy: Policy = { bindings: [] };

function takePolicy(reading: Reading<Policy> | undefined, closed: Closed, resource: string): WorldPolicy {
  return reading === undefined ? noPolicy : take(reading, noPolicy, closed, `policy ${resource}`);
}

interface PlacedContainer {
  readonly container: WorldContainer;
  readonly number: string;
  readonly parent: string | null;
}

function toContainer({ resource, details, policy, deny }: Container, closed: Closed): PlacedContainer {
  const { number, parent } = take(
    details,
    { number: numberOf(resource).slice(0, 12), parent: null },
    closed,
    `details ${resource}`,
  );
  const policies = take(deny, [], closed, `deny ${resource}`);
  return {
    number,
    parent,
    container: {
      resource,
      policy: takePolicy(policy, closed, resource),
      deny: policies.map(({ name, rules }) => ({ id: name.slice(name.lastIndexOf("/") + 1), rules })),
    },
  };
}

function toProject(snapshot: SnapshotContent, record: ProjectRecord, closed: Closed): WorldProject {
  const resource = `projects/${record.project}`;
  const found = snapshot.containers.find((one) => one.resource === resource);
  if (found === undefined) {
    throw new Error(`a project without its container cannot be served: ${resource}`);
  }
  const { number, parent, container } = toContainer(found, closed);
  const services = take(record.services, [], closed, `services ${resource}`);
  const jobs = take(record.jobs, [], closed, `jobs ${resource}`);
  const emails = take(record.accounts, [], closed, `accounts ${resource}`);
  const iap = [...record.iap, ...services.flatMap((one) => (one.iap === null ? [] : [one.iap]))];
  return {
    ...project(record.project, number, container),
    parent,
    regions: [...new Set([...services, ...jobs].map(({ region }) => region))].sort(),
    services: [...services, ...jobs].map((one) => toService(one, resource, closed)),
    accounts: emails.map((email) =>
      toAccount(snapshot.accounts.find((one) => one.email === email) ?? email, resource, closed),
    ),
    pools: take(record.pools, [], closed, `pools ${resource}`).map(({ name, active, providers }): WorldPool => {
      const id = name.slice(name.lastIndexOf("/") + 1);
      return {
        id,
        state: active ? "ACTIVE" : "DISABLED",
        providers: take(providers, [], closed, `providers ${poolName(number, id)}`).map((provider) => ({
          id: provider.name.slice(provider.name.lastIndexOf("/") + 1),
          state: provider.active ? "ACTIVE" : "DISABLED",
          issuer: provider.issuer,
          condition: provider.condition,
          ...(provider.mapping === undefined ? {} : { mapping: provider.mapping }),
          ...(provider.audiences === undefined ? {} : { audiences: provider.audiences }),
        })),
      };
    }),
    iap: Object.fromEntries(
      iap.map((one) => [one.resource.split("/").slice(2).join("/"), takePolicy(one.policy, closed, one.resource)]),
    ),
  };
}

function toService({ policy, iap: _iap, ...rest }: ServiceRecord, resource: string, closed: Closed): WorldService {
  const name = `${resource}/locations/${rest.region}/${rest.kind === "job" ? "jobs" : "services"}/${rest.name}`;
  return { ...rest, policy: takePolicy(policy, closed, name) };
}

/** An account that no record tells of has nothing but its address. */
function toAccount(record: AccountRecord | string, home: string, closed: Closed): WorldAccount {
  if (typeof record === "string") {
    return account(record);
  }
  const { email, details, keys, policy, lastAuthenticated } = record;
  const facts = take(details, null, closed, `account ${email}`);
  return account(email, {
    ...facts,
    keys: keys === undefined ? [] : take(keys, [], closed, `keys ${email}`),
    policy: takePolicy(policy, closed, email),
    lastAuthenticated:
      lastAuthenticated === undefined ? null : take(lastAuthenticated, null, closed, `activity ${home}`),
  });
}

/** Accounts outside of the projects that were read live where their address says; there is such a project, if not more. */
function addAccounts(
  projects: readonly WorldProject[],
  records: readonly AccountRecord[],
  closed: Closed,
): readonly WorldProject[] {
  const all = new Map(projects.map((one) => [one.id, one]));
  for (const record of records) {
    const id = /@([^.]+)\.iam\.gserviceaccount\.com$/.exec(record.email)?.[1];
    if (id !== undefined) {
      const home = all.get(id) ?? project(id, `9${String(all.size).padStart(5, "0")}`);
      const missing = record.details.status === "read" && record.details.value === null;
      all.set(id, missing ? home : { ...home, accounts: [...home.accounts, toAccount(record, home.resource, closed)] });
    }
  }
  return [...all.values()];
}

function toRoles(
  snapshot: SnapshotContent,
  closed: Closed,
): readonly (readonly [name: string, permissions: readonly string[]])[] {
  return snapshot.roles.map(({ name, source, permissions }) => {
    if (source !== "live") {
      throw new Error(`a role of the built-in table cannot be served: ${name}`);
    }
    return [name, take(permissions, [], closed, `role ${name}`)];
  });
}
