import { sealSnapshot } from "../snapshot/seal-snapshot.ts";
import type { AccountRecord, Container, GroupRecord, Snapshot } from "../snapshot/snapshot.ts";
import { compareText } from "../words/compare-text.ts";
import { count } from "../words/enumerate-words.ts";
import type { ApiClient } from "./api-client.ts";
import { findDenyGroups, findMentioned, type PolicyHolders } from "./mentioned.ts";
import { openSession, type ReadDeps } from "./open-session.ts";
import { createPace } from "./pace.ts";
import type { ProjectContext } from "./project-context.ts";
import { addActivity, readActivities } from "./read-activity.ts";
import { type BareContainer, readContainers } from "./read-containers.ts";
import { denyReadsPerMinute, readDenyPolicies } from "./read-deny-policies.ts";
import { amendAccountLists, homesElsewhere, readUnlisted } from "./read-elsewhere.ts";
import { readGroup } from "./read-groups.ts";
import { type ExpectedInProject, type ProjectReading, readProject } from "./read-project.ts";
import { readRole } from "./read-roles.ts";
import { amendScope, readScopes } from "./read-scope.ts";
import { valueOf } from "../snapshot/value-of.ts";

export type { ReadDeps } from "./open-session.ts";

/** What to read. */
export interface ReadRequest {
  readonly environment: string | null;
  /** Project ids. */
  readonly projects: readonly string[];
  /** `projects/ID`, `folders/N` or `organizations/N`. */
  readonly scope: readonly string[];
  /** Whether members of groups are read. */
  readonly groups: boolean;
  /** Whether it is read when each account of the projects last authenticated. */
  readonly activity?: boolean;
  /** Emails of service accounts that are looked up although nothing may name them. */
  readonly accounts: readonly string[];
  /** Of these, the emails of those that somebody outside is declared to act as: their policies, and those of their projects, are read wherever they live. */
  readonly actedAs?: readonly string[];
  /** Services that ought to be there: one that is there and that the list lacks makes the list partial. */
  readonly services?: readonly ExpectedInProject[];
  /** The value of `--impersonate-service-account`. */
  readonly impersonate?: string;
}

export interface SnapshotReading {
  readonly snapshot: Snapshot;
  /** Requests that were sent, repeated ones included, by API or host of token exchange. */
  readonly requests: Readonly<Record<string, number>>;
}

/**
 * Reads Google Cloud into a snapshot. What cannot be read stands in it as denied, failed or partial, with the reason.
 * Throws a SetupError where nothing can be read at all: no credentials, a variable that is wrong.
 */
export async function readSnapshot(request: ReadRequest, deps: ReadDeps): Promise<SnapshotReading> {
  const startedAt = deps.clock.now();
  const session = await openSession(request.impersonate ?? null, deps);
  try {
    const content = await readContent(request, session.client, deps, session.isTooLate);
    const snapshot = sealSnapshot({
      schema: "matrix/snapshot/v1",
      version: deps.version,
      startedAt: toSecond(startedAt),
      finishedAt: toSecond(deps.clock.now()),
      reader: session.reader,
      environment: request.environment,
      asked: { projects: inOrder(request.projects), scope: inOrder(request.scope), groups: request.groups },
      endpoints: session.endpoints,
      ...content,
    });
    return { snapshot, requests: session.counts() };
  } finally {
    await session.close();
  }
}

type Content = Pick<Snapshot, "scopes" | "containers" | "projects" | "accounts" | "roles" | "groups">;

async function readContent(
  request: ReadRequest,
  client: ApiClient,
  deps: ReadDeps,
  isTooLate: (waitMs: number) => boolean,
): Promise<Content> {
  const scopes = await readScopes(client, inOrder(request.scope));
  const projects = inOrder([
    ...request.projects,
    ...request.scope.flatMap((resource) =>
      resource.startsWith("projects/") ? [resource.slice("projects/".length)] : [],
    ),
    ...scopes.flatMap((scope) => valueOf(scope.projects) ?? []),
  ]);
  deps.progress(`reading ${count(projects.length, "project")}`);
  const own = await readContainers(client, inOrder([...projects.map((id) => `projects/${id}`), ...request.scope]));
  const bare = new Map([...(await readContainers(client, homesElsewhere(request.actedAs ?? [], own))), ...own]);
  // Their quota makes them the slowest by far: they start now, and are waited for at the end.
  const containers = addDenyPolicies(client, [...bare.values()], deps, isTooLate);
  const contexts = projects.map((project): ProjectContext => {
    const details = bare.get(`projects/${project}`)?.details;
    return { client, project, number: (details === undefined ? undefined : valueOf(details))?.number ?? null };
  });
  const [activities, ...readings] = await Promise.all([
    readActivities(request.activity === true ? contexts : []),
    ...contexts.map((context) => readProject(context, request.services ?? [], deps.progress)),
  ]);
  const named = await readNamed(request, client, { contexts, containers: [...bare.values()], readings }, deps.progress);
  const whole = await containers;
  const known = new Set(named.groups.map(({ email }) => email));
  const denied = findDenyGroups(whole).filter((email) => !known.has(email));
  const groups = [...named.groups, ...(await readGroups(request, client, denied))];
  groups.sort((a, b) => compareText(a.email, b.email));
  const accounts = addActivity(named.accounts, contexts, activities);
  return { scopes: amendScope(scopes, bare), containers: whole, ...named, accounts, groups };
}

interface ReadSoFar {
  readonly contexts: readonly ProjectContext[];
  readonly containers: readonly BareContainer[];
  readonly readings: readonly ProjectReading[];
}

/** The accounts, groups and roles that what was read so far names. */
async function readNamed(
  request: ReadRequest,
  client: ApiClient,
  { contexts, containers, readings }: ReadSoFar,
  progress: (message: string) => void,
): Promise<Pick<Content, "projects" | "accounts" | "groups" | "roles">> {
  const projects = readings.map(({ record }) => record);
  const listed = readings.flatMap(({ accounts }) => accounts);
  const first: PolicyHolders = { containers, projects, accounts: listed };
  const wanted = (emails: readonly string[], known: readonly AccountRecord[]): readonly string[] => {
    const have = new Set(known.map(({ email }) => email));
    return inOrder(emails.map((email) => email.toLowerCase())).filter((email) => !have.has(email));
  };
  const mentioned = findMentioned(first);
  const actedAs = new Set((request.actedAs ?? []).map((email) => email.toLowerCase()));
  const missing = wanted([...mentioned.accounts, ...request.accounts, ...actedAs], listed);
  const unlisted = await readUnlisted(client, contexts, missing, actedAs);
  const accounts = [...listed, ...unlisted];
  // The policies of accounts that no list had may name more.
  const all = findMentioned({ ...first, accounts });
  const [roles, groups] = await Promise.all([
    Promise.all(all.roles.map((name) => readRole(client, name))),
    readGroups(request, client, all.groups),
  ]);
  const inGroups = groups
    .flatMap(({ members }) => valueOf(members) ?? [])
    .filter((member) => member.startsWith("serviceAccount:"));
  const rest = wanted([...all.accounts, ...inGroups.map((member) => member.slice("serviceAccount:".length))], accounts);
  const late = await readUnlisted(client, contexts, rest, actedAs);
  progress(`read ${count(roles.length, "role")} and ${count(accounts.length + late.length, "service account")}`);
  return {
    projects: amendAccountLists(projects, contexts, [...unlisted, ...late]),
    accounts: [...accounts, ...late].sort((a, b) => compareText(a.email, b.email)),
    groups,
    roles,
  };
}

function readGroups(
  request: ReadRequest,
  client: ApiClient,
  emails: readonly string[],
): Promise<readonly GroupRecord[]> {
  return Promise.all(
    emails.map(async (email) => ({
      email,
      members: request.groups
        ? await readGroup(client, email)
        : { status: "failed" as const, reason: "members of groups were not asked for" },
    })),
  );
}

/** The highest levels first: they weigh most, and others share them. */
async function addDenyPolicies(
  client: ApiClient,
  containers: readonly BareContainer[],
  { clock, progress }: ReadDeps,
  isTooLate: (waitMs: number) => boolean,
): Promise<readonly Container[]> {
  const rank = (resource: string): number =>
    ["organizations", "folders", "projects"].indexOf(resource.split("/")[0] ?? "");
  const ordered = [...containers].sort(
    (a, b) => rank(a.resource) - rank(b.resource) || compareText(a.resource, b.resource),
  );
  const pace = createPace(clock, denyReadsPerMinute, isTooLate);
  if (ordered.length > denyReadsPerMinute)
    progress(`deny policies of ${ordered.length} levels: Google allows ${denyReadsPerMinute} reads a minute`);
  const all = await Promise.all(
    ordered.map(async (container): Promise<Container> => {
      const number = valueOf(container.details)?.number;
      const attachedTo = number === undefined ? container.resource : `${container.resource.split("/")[0]}/${number}`;
      return { ...container, deny: await readDenyPolicies(client, pace, attachedTo) };
    }),
  );
  return all.sort((a, b) => compareText(a.resource, b.resource));
}

function inOrder(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort(compareText);
}

function toSecond(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}
