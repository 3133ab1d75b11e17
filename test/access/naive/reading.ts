import type { Level } from "../../../src/access/access.ts";
import { permissions } from "../../../src/access/permissions.ts";
import type {
  Binding,
  Container,
  Policy,
  ProjectRecord,
  Reading,
  ServiceRecord,
  Snapshot,
} from "../../../src/snapshot/snapshot.ts";
import type { Instant } from "../../../src/time/instant.ts";
import { evaluateCondition } from "./cel.ts";
import { weakest, type Strength } from "./strength.ts";

/** The snapshot and the moment: everything that each question is asked about. */
export interface World {
  readonly snapshot: Snapshot;
  readonly asOf: Instant;
}

/** What was read of it, whole or in part. */
export function valueOf<T>(reading: Reading<T> | undefined): T | undefined {
  return reading?.status === "read" || reading?.status === "partial" ? reading.value : undefined;
}

export interface Service {
  readonly resource: string;
  readonly project: string;
  readonly record: ServiceRecord;
}

export function servicesOfProject({ project, services, jobs }: ProjectRecord): Service[] {
  return [...(valueOf(services) ?? []), ...(valueOf(jobs) ?? [])].map((record) => {
    const kind = record.kind === "job" ? "jobs" : "services";
    return { resource: `projects/${project}/locations/${record.region}/${kind}/${record.name}`, project, record };
  });
}

export function allServices({ snapshot }: World): Service[] {
  return snapshot.projects.flatMap(servicesOfProject);
}

export function invokePermission({ record }: Service): string {
  return record.kind === "job" ? permissions.runJob : permissions.invokeService;
}

/** A link of the chain upward. `container` undefined: the snapshot has none by this name. */
export interface Link {
  readonly resource: string;
  readonly container: Container | undefined;
}

/**
 * The container and what is above it, as far as it was read. It ends with a link without container, or with one whose
 * details were not read, where the top was not reached.
 */
export function chainFrom(world: World, resource: string): Link[] {
  const container = world.snapshot.containers.find((each) => each.resource === resource);
  const parent = valueOf(container?.details)?.parent ?? null;
  return [{ resource, container }, ...(parent === null ? [] : chainFrom(world, parent))];
}

export function levelOf(resource: string): Level {
  if (resource.startsWith("folders/")) return "folder";
  return resource.startsWith("organizations/") ? "organization" : "project";
}

export function numberOfProject({ snapshot }: World, project: string): string | undefined {
  return valueOf(snapshot.containers.find(({ resource }) => resource === `projects/${project}`)?.details)?.number;
}

/** A policy and where it stands. */
export interface Place {
  readonly level: Level;
  readonly resource: string;
  readonly policy: Reading<Policy> | undefined;
}

export function placesFrom(world: World, resource: string): Place[] {
  return chainFrom(world, resource).map((link) => ({
    level: levelOf(link.resource),
    resource: link.resource,
    policy: link.container?.policy,
  }));
}

export function placesOfService(world: World, { resource, project, record }: Service): Place[] {
  return [{ level: "service", resource, policy: record.policy }, ...placesFrom(world, `projects/${project}`)];
}

/** Where the right to pass IAP can be given, the chain of containers included. */
export function placesOfIap(world: World, service: Service): Place[] {
  const { project, record } = service;
  // The entries of a project's record are its own: its number, which may be unread, need not be compared.
  const entries = world.snapshot.projects.find((each) => each.project === project)?.iap ?? [];
  const web = `projects/${numberOfProject(world, project) ?? project}/iap_web`;
  return [
    { level: "iap", resource: record.iap?.resource ?? service.resource, policy: record.iap?.policy },
    ...["", `/cloud_run-${record.region}`].map((end): Place => {
      const entry = entries.find(({ resource }) => resource.endsWith(`/iap_web${end}`));
      return { level: "iap", resource: entry?.resource ?? `${web}${end}`, policy: entry?.policy };
    }),
    ...placesFrom(world, `projects/${project}`),
  ];
}

export function bindingsOf(place: Place): readonly Binding[] {
  return valueOf(place.policy)?.bindings ?? [];
}

/** The email that it runs as: where it names none, the default compute account of its project. */
export function runsAs(world: World, { project, record }: Service): string | undefined {
  const number = numberOfProject(world, project);
  if (record.account !== null) return record.account.toLowerCase();
  return number === undefined ? undefined : `${number}-compute@developer.gserviceaccount.com`;
}

export function hasIap({ record }: Service): boolean {
  return record.iapEnabled && record.kind !== "job";
}

/** Whether the role carries the permission. */
export function carries({ snapshot }: World, role: string, permission: string): "yes" | "no" | "unknown" {
  if (/_withcond_[0-9a-f]+$/.test(role)) return "unknown";
  const reading = snapshot.roles.find(({ name }) => name === role)?.permissions;
  if (valueOf(reading)?.includes(permission) === true) return "yes";
  return reading?.status === "read" ? "no" : "unknown";
}

/** What the condition of a binding leaves of it. Undefined: nothing. */
export function conditionStrength({ asOf }: World, { condition }: Binding): Strength | undefined {
  if (condition === undefined) return "allowed";
  const truth = evaluateCondition(condition.expression, asOf);
  if (truth === "unknown") return "conditional";
  return truth === "true" ? "allowed" : undefined;
}

/** How surely a binding gives the permission to its members. Undefined: not. */
export function bindingStrength(world: World, binding: Binding, permission: string): Strength | undefined {
  const carried = carries(world, binding.role, permission);
  if (carried === "no") return undefined;
  const condition = conditionStrength(world, binding);
  if (condition === undefined) return undefined;
  return weakest([carried === "yes" ? "allowed" : "unknown", condition]);
}
