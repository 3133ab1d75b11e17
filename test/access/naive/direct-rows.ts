import type { Hop, Ring } from "../../../src/access/access.ts";
import { permissions } from "../../../src/access/permissions.ts";
import { isManagedGrant } from "../../../src/access/service-agents.ts";
import type { Binding } from "../../../src/snapshot/snapshot.ts";
import { denyAbove, isDenyUnread } from "./deny.ts";
import { accountSetOf, emailIn, isPublicSet, makesRow, normalizeMember, publicSetContains } from "./members.ts";
import {
  allServices,
  bindingsOf,
  bindingStrength,
  hasIap,
  invokePermission,
  numberOfProject,
  placesOfIap,
  placesOfService,
  runsAs,
  type Place,
  type Service,
  type World,
} from "./reading.ts";
import { accountsInSet, convenienceMembers, groupMembers } from "./sets.ts";
import { strongest, weakest, type Strength } from "./strength.ts";

export interface NaivePath {
  readonly hops: readonly Hop[];
  readonly allow: Strength;
}

export interface NaiveRow {
  readonly service: string;
  readonly ring: Ring;
  readonly principal: string;
  readonly through: string | null;
  readonly verdict: Strength | "denied";
  readonly denyUnread: boolean;
  readonly managed: boolean;
  readonly paths: readonly NaivePath[];
}

type TakenRing = Exclude<Ring, "indirect">;

/** A path and whom it leads to. */
interface Way extends NaivePath {
  readonly principal: string;
}

export function hopOf(kind: Hop["kind"], { level, resource }: Place, binding: Binding, member: string): Hop {
  return { kind, level, resource, role: binding.role, member, condition: binding.condition?.expression ?? null };
}

/** The rows of a service in a ring. */
export function rowsOf(world: World, service: Service, ring: TakenRing): NaiveRow[] {
  const ways = waysTo(world, service, ring);
  const principals = [...new Set(ways.map(({ principal }) => principal))];
  const rows = principals.map((principal) => rowOf(world, service, ring, principal, ways));
  return ring === "direct" && hasIap(service) ? weakenByIap(world, service, rows) : rows;
}

function waysTo(world: World, service: Service, ring: TakenRing): Way[] {
  const { record, resource } = service;
  const places = ring === "iap" ? placesOfIap(world, service) : placesOfService(world, service);
  const permission = ring === "iap" ? permissions.passIap : invokePermission(service);
  const literal = places.flatMap((place) => literalWays(world, place, permission, ring));
  const named = literal.flatMap((way) => namedWays(world, way));
  const known = [...literal, ...named].map(({ principal }) => principal);
  const callers = allServices(world).map((each) => `serviceAccount:${runsAs(world, each) ?? ""}`);
  const accounts = literal.flatMap((way) => accountSetWays(world, way, [...known, ...callers]));
  const everybody = [...new Set([...known, ...accounts.map(({ principal }) => principal)])];
  const open = literal.flatMap((way) => publicWays(way, everybody));
  const isUnchecked = ring === "direct" && record.kind !== "job" && record.invokerCheckDisabled;
  const check: Hop = {
    kind: "invoker-check",
    level: "service",
    resource,
    role: null,
    member: "allUsers",
    condition: null,
  };
  const unchecked: Way[] = isUnchecked ? [{ principal: "allUsers", hops: [check], allow: "allowed" }] : [];
  return [...literal, ...named, ...accounts, ...open, ...unchecked].filter(({ principal }) =>
    makesRow(principal, ring),
  );
}

function literalWays(world: World, place: Place, permission: string, ring: TakenRing): Way[] {
  return bindingsOf(place).flatMap((binding) => {
    const allow = bindingStrength(world, binding, permission);
    if (allow === undefined) return [];
    return binding.members
      .filter((member) => makesRow(member, ring))
      .map((member) => ({
        principal: normalizeMember(member),
        hops: [hopOf("binding", place, binding, member)],
        allow,
      }));
  });
}

/** Those whom a group or a convenience value names. */
function namedWays(world: World, way: Way): Way[] {
  const [binding] = way.hops;
  if (binding === undefined) return [];
  const throughGroup = groupWays(world, way, binding.level);
  const throughRole = convenienceMembers(world, way.principal).map(({ member, binding: named, strength }): Way => {
    const project = way.principal.slice(way.principal.indexOf(":") + 1);
    const place: Place = { level: "project", resource: `projects/${project}`, policy: undefined };
    return {
      principal: normalizeMember(member),
      hops: [binding, hopOf("convenience", place, named, member)],
      allow: weakest([way.allow, strength]),
    };
  });
  return [...throughGroup, ...throughRole, ...throughRole.flatMap((each) => groupWays(world, each, binding.level))];
}

function groupWays(world: World, { principal, hops, allow }: Way, level: Hop["level"]): Way[] {
  return groupMembers(world, principal).map((member) => ({
    principal: normalizeMember(member),
    hops: [...hops, { kind: "group", level, resource: principal, role: null, member, condition: null }],
    allow,
  }));
}

function setWay({ hops, allow }: Way, principal: string): Way[] {
  const [binding] = hops;
  if (binding === undefined || binding.member === null) return [];
  const { level, member } = binding;
  const hop: Hop = { kind: "set", level, resource: member, role: null, member: principal, condition: null };
  return [{ principal, hops: [binding, hop], allow }];
}

function accountSetWays(world: World, way: Way, wanted: readonly string[]): Way[] {
  if (accountSetOf(way.principal) === undefined) return [];
  const members = new Set(accountsInSet(world, way.principal).map((email) => `serviceAccount:${email}`));
  return [...members].filter((member) => wanted.includes(member)).flatMap((member) => setWay(way, member));
}

function publicWays(way: Way, everybody: readonly string[]): Way[] {
  if (!isPublicSet(way.principal)) return [];
  return everybody
    .filter((principal) => publicSetContains(way.principal, principal))
    .flatMap((principal) => setWay(way, principal));
}

function rowOf(world: World, service: Service, ring: Ring, principal: string, ways: readonly Way[]): NaiveRow {
  const own = ways.filter((way) => way.principal === principal);
  const paths = [...new Map(own.map(({ hops, allow }) => [JSON.stringify(hops), { hops, allow }])).values()];
  const isLiteral = own.some(({ hops }) => hops.length === 1);
  const sets = own.map(({ hops }) => normalizeMember(hops[0]?.member ?? ""));
  const container = `projects/${service.project}`;
  const permission = ring === "iap" ? permissions.passIap : invokePermission(service);
  const allow = strongest(paths.map((path) => path.allow)) ?? "unknown";
  const isOpen = paths.some(isUncheckedPath);
  const deny = isOpen ? "none" : denyAbove(world, container, principal, permission);
  const verdict = deny === "certain" ? "denied" : deny === "possible" && allow === "allowed" ? "conditional" : allow;
  return {
    service: service.resource,
    ring,
    principal,
    through: isLiteral ? null : (sets.toSorted()[0] ?? null),
    verdict,
    denyUnread: !isOpen && verdict !== "denied" && isDenyUnread(world, container),
    managed: paths.every(({ hops }) => isManaged(world, service, hops)),
    paths,
  };
}

export function isUncheckedPath({ hops }: NaivePath): boolean {
  return hops[0]?.kind === "invoker-check";
}

function isManaged(world: World, { project }: Service, hops: readonly Hop[]): boolean {
  const [hop, ...more] = hops;
  const email = emailIn("serviceAccount", hop?.member ?? "");
  if (hop === undefined || more.length > 0 || hop.kind !== "binding" || hop.role === null || email === undefined)
    return false;
  if (hop.level === "folder" || hop.level === "organization") {
    const number = hop.resource.slice(hop.resource.indexOf("/") + 1);
    return isManagedGrant(email, hop.role, { level: hop.level, number });
  }
  // The editor role of the APIs agent is Google's doing on the project only.
  if (email.endsWith("@cloudservices.gserviceaccount.com") && hop.level !== "project") return false;
  return isManagedGrant(email, hop.role, { level: "project", number: numberOfProject(world, project) });
}

/** Who may invoke and does not pass IAP surely does not get there. */
function weakenByIap(world: World, service: Service, rows: readonly NaiveRow[]): NaiveRow[] {
  const passes = rowsOf(world, service, "iap").filter(({ verdict }) => verdict === "allowed");
  const number = numberOfProject(world, service.project) ?? "unknown";
  const agent = `serviceAccount:service-${number}@gcp-sa-iap.iam.gserviceaccount.com`;
  return rows.map((row) => {
    const isSafe =
      row.verdict !== "allowed" ||
      row.paths.some(isUncheckedPath) ||
      row.principal === agent ||
      passes.some(({ principal }) => principal === row.principal);
    return isSafe ? row : { ...row, verdict: "conditional" };
  });
}
