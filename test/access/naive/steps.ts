import type { Hop, HopKind } from "../../../src/access/access.ts";
import { permissions, workloadPermissions } from "../../../src/access/permissions.ts";
import { denyAbove } from "./deny.ts";
import { hopOf } from "./direct-rows.ts";
import { isDeleted, isFederated, normalizeMember } from "./members.ts";
import {
  allServices,
  bindingsOf,
  bindingStrength,
  placesFrom,
  placesOfService,
  runsAs,
  type Place,
  type World,
} from "./reading.ts";
import { strengthIn } from "./sets.ts";
import { strongest, weakest, type Strength } from "./strength.ts";

/** Who asks: a principal exactly as a binding names it, or an account that somebody became, with all its memberships. */
export interface Holder {
  readonly principal: string;
  readonly isStart: boolean;
}

/** How somebody is an account: wholly, with access tokens only, or only to ask for tokens of others as it. */
export type Mode = "full" | "access-token" | "delegation";

export interface Step {
  readonly account: string;
  readonly mode: Mode;
  readonly hop: Hop;
  readonly strength: Strength;
}

export interface Grant {
  readonly hop: Hop;
  readonly strength: Strength;
}

/** The bindings among the places that give a holder the permission, after deny at the container and above. */
export function grantsTo(
  world: World,
  holder: Holder,
  places: readonly Place[],
  permission: string,
  kind: HopKind,
): Grant[] {
  return places.flatMap((place) =>
    bindingsOf(place).flatMap((binding) => {
      const given = bindingStrength(world, binding, permission);
      if (given === undefined) return [];
      return binding.members.flatMap((member) => {
        const membership = membershipOf(world, holder, member);
        if (membership === undefined) return [];
        return [{ hop: hopOf(kind, place, binding, member), strength: weakest([given, membership]) }];
      });
    }),
  );
}

function membershipOf(world: World, holder: Holder, member: string): Strength | undefined {
  if (isDeleted(member)) return undefined;
  if (isFederated(member)) return member === holder.principal && isOpenPool(world, member) ? "allowed" : undefined;
  if (holder.isStart) return normalizeMember(member) === holder.principal ? "allowed" : undefined;
  return strengthIn(world, holder.principal, member);
}

export function isOpenPool({ snapshot }: World, member: string): boolean {
  const pools = snapshot.projects.flatMap(({ pools: reading }) =>
    reading.status === "read" || reading.status === "partial" ? reading.value : [],
  );
  return pools.every(({ name, active }) => active || !member.includes(`/${name}/`));
}

/** A deny that is certain takes the grants away, one that is possible makes them conditional at most. */
export function afterDeny(
  world: World,
  { principal }: Holder,
  container: string | undefined,
  permission: string,
  grants: readonly Grant[],
): readonly Grant[] {
  if (container === undefined || grants.length === 0) return grants;
  const deny = denyAbove(world, container, principal, permission);
  if (deny === "certain") return [];
  if (deny === "none") return grants;
  return grants.map(({ hop, strength }) => ({ hop, strength: weakest([strength, "conditional"]) }));
}

/** The container of the project that lists the account. Undefined: no project that was read does. */
export function homeOf({ snapshot }: World, account: string): string | undefined {
  const home = snapshot.projects.find(
    ({ accounts }) =>
      (accounts.status === "read" || accounts.status === "partial") &&
      accounts.value.some((email) => email.toLowerCase() === account),
  );
  return home === undefined ? undefined : `projects/${home.project}`;
}

function placesOfAccount(world: World, account: string): Place[] {
  const record = world.snapshot.accounts.find(({ email }) => email.toLowerCase() === account);
  const home = homeOf(world, account);
  const resource = `${home ?? "projects/-"}/serviceAccounts/${account}`;
  const own: Place = { level: "account", resource, policy: record?.policy };
  return [own, ...(home === undefined ? [] : placesFrom(world, home))];
}

const tokens: readonly (readonly [string, Mode])[] = [
  [permissions.getOpenIdToken, "full"],
  [permissions.signJwt, "full"],
  [permissions.signBlob, "full"],
  [permissions.getAccessToken, "access-token"],
  [permissions.implicitDelegation, "delegation"],
];

/** Every way by which the holder becomes the account in one step. */
export function stepsTo(world: World, holder: Holder, account: string, onlyTokens: boolean): Step[] {
  const home = homeOf(world, account);
  const places = placesOfAccount(world, account);
  const ask = (permission: string, kind: HopKind, at: readonly Place[] = places): readonly Grant[] =>
    afterDeny(world, holder, home, permission, grantsTo(world, holder, at, permission, kind));
  const byToken = tokens.flatMap(([permission, mode]) =>
    ask(permission, "impersonate").map((grant) => ({ ...grant, account, mode })),
  );
  if (onlyTokens) return byToken;
  const above = places.filter(({ level }) => level !== "account");
  const grants = [
    ...ask(permissions.createKey, "key"),
    ...ask(permissions.setAccountPolicy, "policy-write"),
    ...policyWriters(above).flatMap(([permission, at]) => ask(permission, "policy-write", at)),
    ...runAs(world, holder, home, places),
    ...shells(world, holder, account),
    ...ask(permissions.setInstanceMetadata, "run-as", above),
  ];
  return [...byToken, ...grants.map((grant): Step => ({ ...grant, account, mode: "full" }))];
}

/** Who writes the policies of the containers. */
export function policyWriters(containers: readonly Place[]): (readonly [string, readonly Place[]])[] {
  const folders = containers.filter(({ level }) => level === "folder" || level === "organization");
  const hasFolder = folders.some(({ level }) => level === "folder");
  return [
    [permissions.setProjectPolicy, containers],
    [permissions.setFolderPolicy, hasFolder ? folders : []],
    [permissions.setOrganizationPolicy, containers.filter(({ level }) => level === "organization")],
  ];
}

/**
 * `actAs` is worth something to one who can also make Google run something, in any project that was read. A principal
 * that starts may hold one or both through sets; where both come through the same set, the start is that set.
 */
function runAs(world: World, holder: Holder, home: string | undefined, places: readonly Place[]): Grant[] {
  const inSets: Holder = { ...holder, isStart: false };
  const found = grantsTo(world, inSets, places, permissions.actAs, "run-as");
  const grants = afterDeny(world, holder, home, permissions.actAs, found);
  const deploys = grants.length === 0 ? [] : deploymentsBy(world, inSets);
  return grants.flatMap(({ hop, strength }) => {
    const isFit = (other: Grant): boolean => {
      const members = [hop, other.hop].map(({ member }) => normalizeMember(member ?? ""));
      return !holder.isStart || members.includes(holder.principal) || members[0] !== members[1];
    };
    const best = strongest(deploys.filter(isFit).map((each) => each.strength));
    return best === undefined ? [] : [{ hop, strength: weakest([strength, best]) }];
  });
}

function deploymentsBy(world: World, holder: Holder): Grant[] {
  return world.snapshot.projects.flatMap(({ project }) =>
    workloadPermissions.flatMap((permission) => {
      const container = `projects/${project}`;
      const found = grantsTo(world, holder, placesFrom(world, container), permission, "run-as");
      return afterDeny(world, holder, container, permission, found);
    }),
  );
}

/** A shell in a service that runs as the account. Jobs have none. */
function shells(world: World, holder: Holder, account: string): Grant[] {
  return allServices(world)
    .filter((service) => service.record.kind !== "job" && runsAs(world, service) === account)
    .flatMap((service) => {
      const found = grantsTo(world, holder, placesOfService(world, service), permissions.sshService, "run-as");
      return afterDeny(world, holder, `projects/${service.project}`, permissions.sshService, found);
    });
}

/** How surely the account may mint OpenID tokens of itself, by a binding that names it. Undefined: not. */
export function mintsOwnToken(world: World, account: string): Strength | undefined {
  const itself: Holder = { principal: `serviceAccount:${account}`, isStart: true };
  const found = grantsTo(world, itself, placesOfAccount(world, account), permissions.getOpenIdToken, "impersonate");
  const left = afterDeny(world, itself, homeOf(world, account), permissions.getOpenIdToken, found);
  return strongest(left.map(({ strength }) => strength));
}
