import { groupBy } from "./group-by.ts";
import { permissions } from "../../../src/access/permissions.ts";
import type { Reading } from "../../../src/snapshot/snapshot.ts";
import { convenienceOf } from "./members.ts";
import {
  allServices,
  bindingsOf,
  bindingStrength,
  carries,
  chainFrom,
  hasIap,
  invokePermission,
  placesOfIap,
  placesOfService,
  servicesOfProject,
  valueOf,
  type Place,
  type Service,
  type World,
} from "./reading.ts";

export interface NaiveUnread {
  readonly what: string;
  readonly resource: string;
  readonly services: readonly string[];
}

/** A gap, and the one service that it is seen from; none where it may hide services. */
interface Gap {
  readonly what: string;
  readonly resource: string;
  readonly service?: string;
}

export function unreadOf(world: World): NaiveUnread[] {
  const gaps = [...allServices(world).flatMap((service) => gapsOf(world, service)), ...listGaps(world)];
  return groupBy(gaps, ({ what, resource }) => JSON.stringify({ what, resource })).flatMap((same) => {
    const services = [...new Set(same.flatMap(({ service }) => service ?? []))].toSorted();
    return same.slice(0, 1).map(({ what, resource }) => ({ what, resource, services }));
  });
}

function gapsOf(world: World, service: Service): Gap[] {
  const rings: Ring[] = [{ permission: invokePermission(service), places: placesOfService(world, service) }];
  if (hasIap(service)) rings.push({ permission: permissions.passIap, places: placesOfIap(world, service) });
  const places = rings.flatMap((ring) => ring.places);
  const policies = places
    .filter(({ policy }) => isGap(policy))
    .map(({ level, resource }) => ({ what: level === "iap" ? "IAP policy" : "IAM policy", resource }));
  const above = gapsAbove(world, service.project);
  const fromRings = rings.flatMap((ring) => ringGaps(world, ring));
  return [...policies, ...above, ...fromRings].map((gap) => ({ ...gap, service: service.resource }));
}

function gapsAbove(world: World, project: string): Gap[] {
  return chainFrom(world, `projects/${project}`).flatMap(({ resource, container }) => [
    ...(isGap(container?.policy) ? [{ what: "IAM policy", resource }] : []),
    ...(isGap(container?.details) ? [{ what: "place in the hierarchy", resource }] : []),
    ...(isGap(container?.deny) ? [{ what: "deny policies", resource }] : []),
  ]);
}

interface Ring {
  readonly permission: string;
  readonly places: readonly Place[];
}

/** Roles that may carry the permission, and projects whose basic roles a binding refers to. */
function ringGaps(world: World, { permission, places }: Ring): Gap[] {
  return places.flatMap(bindingsOf).flatMap((binding): Gap[] => {
    const isUnknown = carries(world, binding.role, permission) === "unknown";
    const opens = bindingStrength(world, binding, permission) !== undefined;
    const values = opens ? binding.members.flatMap((member) => convenienceOf(member) ?? []) : [];
    const unread = values
      .map(({ project }) => `projects/${project}`)
      .filter((project) => isGap(world.snapshot.containers.find(({ resource }) => resource === project)?.policy));
    return [
      ...(isUnknown ? [{ what: "role", resource: binding.role }] : []),
      ...unread.map((resource) => ({ what: "IAM policy", resource })),
    ];
  });
}

/** What was asked for by itself: projects with their lists, accounts, scopes. */
function listGaps(world: World): Gap[] {
  const { snapshot } = world;
  const wanted = [
    ...snapshot.asked.projects,
    ...snapshot.scopes.flatMap(({ projects }) => valueOf(projects) ?? []),
    ...snapshot.projects.map(({ project }) => project),
  ];
  const inProjects = [...new Set(wanted)].flatMap((id) => {
    const resource = `projects/${id}`;
    const project = snapshot.projects.find((each) => each.project === id);
    const lists: readonly (readonly [string, Reading<unknown> | undefined])[] = [
      ["services", project?.services],
      ["jobs", project?.jobs],
      ["service accounts", project?.accounts],
      ["workload identity pools", project?.pools],
    ];
    const found = project === undefined ? [] : servicesOfProject(project).map((each) => each.resource);
    return lists
      .filter(([, reading]) => isGap(reading))
      .flatMap(([what]) => [{ what, resource }, ...found.map((service) => ({ what, resource, service }))])
      .concat(gapsAbove(world, id).filter((gap) => gap.resource === resource));
  });
  const listed = new Set(
    snapshot.projects.flatMap(({ accounts }) => valueOf(accounts) ?? []).map((email) => email.toLowerCase()),
  );
  const recorded = new Set(snapshot.accounts.map(({ email }) => email));
  const absent = [...listed]
    .filter((email) => !recorded.has(email))
    .map((email) => ({ what: "service account", resource: email }));
  const inAccounts = snapshot.accounts.flatMap(({ email, details, policy }) => [
    ...(isGap(details) ? [{ what: "service account", resource: email }] : []),
    ...((policy !== undefined || (listed.has(email) && valueOf(details) !== null)) && isGap(policy)
      ? [{ what: "IAM policy of the account", resource: email }]
      : []),
  ]);
  const inScopes = snapshot.scopes
    .filter(({ projects }) => isGap(projects))
    .map(({ resource }) => ({ what: "list of projects", resource }));
  return [...inProjects, ...inAccounts, ...absent, ...inScopes, ...elsewhere(world)];
}

/** Projects that a scope lists, and whose own way up, known to its end, does not pass it. */
function elsewhere(world: World): { readonly what: string; readonly resource: string }[] {
  return world.snapshot.scopes.flatMap(({ resource: scope, projects }) =>
    (valueOf(projects) ?? []).flatMap((project) => {
      const chain = chainFrom(world, `projects/${project}`);
      const isKnown = chain.every(
        ({ container }) => container !== undefined && valueOf(container.details) !== undefined,
      );
      const passes = chain.some(({ resource }) => resource === scope);
      return isKnown && !passes ? [{ what: "place in the hierarchy", resource: `projects/${project}` }] : [];
    }),
  );
}

function isGap(reading: Reading<unknown> | undefined): boolean {
  return reading?.status !== "read";
}
