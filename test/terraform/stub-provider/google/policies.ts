import { membersOf, projectOfAccount, projectsOf, type World } from "../world.ts";
import { ApiError, type Google } from "./google.ts";

const PUBLIC = new Set(["allUsers", "allAuthenticatedUsers"]);
/** Members whose letter case matters. Google answers the others in lower case. */
const CASE_SENSITIVE = /^(allUsers|allAuthenticatedUsers|principal:|principalSet:|principalHierarchy:)/;

export function canonicalMember(member: string): string {
  if (CASE_SENSITIVE.test(member)) return member;
  const [kind = "", ...value] = member.split(":");
  return [kind, value.join(":").toLowerCase()].join(":");
}

/** Throws where the resource does not exist; a role that nobody has is an empty list. */
export function getMembers(google: Google, resource: string, role: string): readonly string[] {
  requireResource(google.world, resource);
  return membersOf(google.world, resource, role);
}

export function setMembers(google: Google, resource: string, role: string, members: readonly string[]): void {
  requireResource(google.world, resource);
  const before = new Set(membersOf(google.world, resource, role));
  const wanted = [...new Set(members.map(canonicalMember))].toSorted();
  for (const member of wanted) {
    if (!before.has(member)) requireGrantable(google.world, resource, member);
  }
  google.log.push(`setIamPolicy ${resource} ${role} [${wanted.join(", ")}]`);
  const { [role]: _, ...others } = google.world.policies[resource] ?? {};
  google.world.policies[resource] = wanted.length > 0 ? { ...others, [role]: wanted } : others;
}

/** What becomes of a deleted account's grants: they stay, under a name that nobody can use. */
export function forgetPrincipal(world: World, member: string, uniqueId: string): void {
  const tombstone = `deleted:${member}?uid=${uniqueId}`;
  for (const [resource, roles] of Object.entries(world.policies)) {
    world.policies[resource] = Object.fromEntries(
      Object.entries(roles).map(([role, members]) => [
        role,
        members.map((known) => (known === member ? tombstone : known)),
      ]),
    );
  }
}

const EXISTS: readonly (readonly [pattern: RegExp, exists: (world: World, match: RegExpExecArray) => boolean])[] = [
  [/^projects\/[^/]+\/locations\/[^/]+\/services\/[^/]+$/, (world, [path]) => path in world.services],
  [/^projects\/[^/]+\/locations\/[^/]+\/jobs\/[^/]+$/, (world, [path]) => path in world.jobs],
  [/^projects\/[^/]+\/serviceAccounts\/([^/]+)$/, (world, [, email = ""]) => email in world.accounts],
  [
    /^projects\/([^/]+)\/iap_web\/cloud_run-([^/]+)\/services\/([^/]+)$/,
    (world, [, project, location, name]) =>
      `projects/${project}/locations/${location}/services/${name}` in world.services,
  ],
  [/^projects\/[^/]+$/, () => true],
];

function requireResource(world: World, resource: string): void {
  for (const [pattern, exists] of EXISTS) {
    const match = pattern.exec(resource);
    if (match && exists(world, match)) return;
  }
  throw new ApiError(404, `Resource '${resource}' was not found, notFound`);
}

function requireGrantable(world: World, resource: string, member: string): void {
  if (PUBLIC.has(member) && resource.includes("/jobs/")) {
    throw new ApiError(400, `The member ${member} is not allowed on ${resource}., badRequest`);
  }
  const email = /^serviceAccount:([^?[]+)$/.exec(member)?.[1];
  if (email === undefined || email in world.accounts) return;
  const project = projectOfAccount(email);
  // Of other projects Google says nothing here: the stub only knows what is in its world.
  if (project !== undefined && projectsOf(world).has(project)) {
    throw new ApiError(400, `Service account ${email} does not exist., badRequest`);
  }
}
