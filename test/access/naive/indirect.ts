import type { Hop } from "../../../src/access/access.ts";
import { permissions } from "../../../src/access/permissions.ts";
import type { NaiveRow } from "./direct-rows.ts";
import { emailIn, isAgent, isDeleted, isPublicSet, normalizeMember } from "./members.ts";
import {
  allServices,
  bindingsOf,
  placesFrom,
  placesOfService,
  runsAs,
  valueOf,
  type Service,
  type World,
} from "./reading.ts";
import { allGroupMembers } from "./sets.ts";
import {
  afterDeny,
  grantsTo,
  isOpenPool,
  mintsOwnToken,
  policyWriters,
  stepsTo,
  type Grant,
  type Holder,
  type Mode,
  type Step,
} from "./steps.ts";
import { atLeast, strongest, weakest, type Strength } from "./strength.ts";

const MOST_STEPS = 4;

/** What is worked out once: steps between accounts for all services, and what a holder can open. */
interface Ground {
  readonly world: World;
  readonly accounts: readonly string[];
  readonly steps: Map<string, readonly Step[]>;
  readonly openings: Map<string, readonly Grant[]>;
}

/** Somebody who is an account after some steps; at the start nobody but themselves. */
interface Reached {
  readonly hops: readonly Hop[];
  readonly account: string | undefined;
  readonly mode: Mode;
}

/** Rows of those who cannot invoke themselves, but can come to. `direct`: all direct rows of all services. */
export function indirectRowsOf(world: World, direct: readonly NaiveRow[]): NaiveRow[] {
  const ground: Ground = { world, accounts: accountsOf(world, direct), steps: new Map(), openings: new Map() };
  const starts = startsOf(world);
  return allServices(world).flatMap((service) =>
    starts.flatMap((principal) => {
      const own = direct.find((row) => row.service === service.resource && row.principal === principal);
      if (own?.verdict === "allowed") return [];
      return rowOf(ground, service, principal, direct);
    }),
  );
}

function rowOf(ground: Ground, service: Service, principal: string, direct: readonly NaiveRow[]): NaiveRow[] {
  for (const strength of ["allowed", "conditional", "unknown"] as const) {
    const hops = shortestChain(ground, service, principal, direct, strength);
    if (hops === undefined) continue;
    const paths = [{ hops, allow: strength }];
    return [
      {
        service: service.resource,
        ring: "indirect",
        principal,
        through: null,
        verdict: strength,
        denyUnread: false,
        managed: false,
        paths,
      },
    ];
  }
  return [];
}

/** All chains whose parts are at least that strong, step by step; of those that end first, the first by text. */
function shortestChain(
  ground: Ground,
  service: Service,
  principal: string,
  direct: readonly NaiveRow[],
  strength: Strength,
): readonly Hop[] | undefined {
  let reached: readonly Reached[] = [{ hops: [], account: undefined, mode: "full" }];
  for (let taken = 0; taken <= MOST_STEPS; taken += 1) {
    const chains = reached.flatMap((state) => {
      const ends = [
        ...(taken < MOST_STEPS ? openings(ground, service, holderOf(principal, state), state.mode) : []),
        ...invocation(ground.world, service, state, direct, strength),
      ];
      return ends.filter((end) => atLeast(end.strength, strength)).map(({ hop }) => [...state.hops, hop]);
    });
    const [first] = chains.toSorted(byText);
    if (first !== undefined) return first;
    reached = firstOfEach(
      reached.flatMap((state) =>
        stepsFrom(ground, holderOf(principal, state), state.mode)
          .filter((step) => atLeast(step.strength, strength))
          .map(({ hop, account, mode }) => ({ hops: [...state.hops, hop], account, mode })),
      ),
    );
  }
  return undefined;
}

function holderOf(principal: string, { account }: Reached): Holder {
  return account === undefined
    ? { principal, isStart: true }
    : { principal: `serviceAccount:${account}`, isStart: false };
}

function stepsFrom({ world, accounts, steps }: Ground, holder: Holder, mode: Mode): readonly Step[] {
  const onlyTokens = mode === "delegation";
  const key = JSON.stringify([holder, onlyTokens]);
  const known = steps.get(key);
  if (known !== undefined) return known;
  const found = accounts.flatMap((account) => stepsTo(world, holder, account, onlyTokens));
  // Of steps that are the same but for the binding, the first by text stands for all.
  const first = new Map<string, Step>();
  for (const step of found) {
    const same = `${step.account} ${step.mode} ${step.strength}`;
    const other = first.get(same);
    if (other === undefined || byText([step.hop], [other.hop]) < 0) first.set(same, step);
  }
  steps.set(key, [...first.values()]);
  return [...first.values()];
}

/** Of the chains of one length to the same state only the first by text can be part of the first of all. */
function firstOfEach(chains: readonly Reached[]): Reached[] {
  const best = new Map<string, Reached>();
  for (const chain of chains) {
    const key = `${chain.account ?? ""} ${chain.mode}`;
    const other = best.get(key);
    if (other === undefined || byText(chain.hops, other.hops) < 0) best.set(key, chain);
  }
  return [...best.values()];
}

function byText(a: readonly Hop[], b: readonly Hop[]): number {
  const [left, right] = [JSON.stringify(a), JSON.stringify(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The account invokes, by the first of its own direct paths that is sure enough and goes through no public set. */
function invocation(
  world: World,
  service: Service,
  { account, mode }: Reached,
  direct: readonly NaiveRow[],
  needed: Strength,
): readonly Grant[] {
  if (account === undefined || mode === "delegation") return [];
  const principal = `serviceAccount:${account}`;
  const row = direct.find((each) => each.service === service.resource && each.principal === principal);
  if (row === undefined || row.verdict === "denied") return [];
  const arrives: Strength | undefined = mode === "full" ? "allowed" : mintsOwnToken(world, account);
  if (arrives === undefined) return [];
  // The row's verdict falls below that of its best path where deny or IAP weakens it.
  const isWeakened = strongest(row.paths.map(({ allow }) => allow)) !== row.verdict;
  const most: Strength = isWeakened ? "conditional" : "allowed";
  const [first] = row.paths
    .filter((path) => !path.hops.some(({ kind, resource }) => kind === "set" && isPublicSet(resource)))
    .filter((path) => atLeast(path.allow, needed))
    .toSorted((a, b) => a.hops.length - b.hops.length || byText(a.hops, b.hops));
  const hop = first?.hops[0];
  return hop === undefined ? [] : [{ hop, strength: weakest([first?.allow ?? "unknown", most, arrives]) }];
}

/** The holder changes who may invoke: a policy, or a custom role that stands in one. */
function openings(ground: Ground, service: Service, holder: Holder, mode: Mode): readonly Grant[] {
  if (mode === "delegation") return [];
  const key = JSON.stringify([service.resource, holder]);
  const known = ground.openings.get(key) ?? findOpenings(ground.world, service, holder);
  ground.openings.set(key, known);
  return known;
}

function findOpenings(world: World, service: Service, holder: Holder): readonly Grant[] {
  const places = placesOfService(world, service);
  const project = `projects/${service.project}`;
  const above = places.filter(({ level }) => level !== "service");
  const own = service.record.kind === "job" ? [] : ([[permissions.setServicePolicy, places]] as const);
  const policies = [...own, ...policyWriters(above)].flatMap(([permission, at]) =>
    afterDeny(world, holder, project, permission, grantsTo(world, holder, at, permission, "policy-write")),
  );
  const bound = places.flatMap(bindingsOf).filter(({ members }) => members.length > 0);
  const roles = bound.flatMap(({ role }) => /^((?:projects|organizations)\/[^/]+)\/roles\/./.exec(role)?.[1] ?? []);
  const edits = [...new Set(roles)].flatMap((container) => {
    const at = placesFrom(world, container);
    const grants = grantsTo(world, holder, at, permissions.updateRole, "role-write");
    return afterDeny(world, holder, container, permissions.updateRole, grants);
  });
  return [...policies, ...edits];
}

/** Everybody whom a policy names, or a read group in one, but agents and what was deleted. */
function startsOf(world: World): string[] {
  const { snapshot } = world;
  const readings = [
    ...snapshot.containers.map(({ policy }) => policy),
    ...snapshot.accounts.map(({ policy }) => policy),
    ...allServices(world).map(({ record }) => record.policy),
  ];
  const bound = readings.flatMap((reading) => valueOf(reading)?.bindings ?? []).flatMap((binding) => binding.members);
  // One whom two groups make dangerous together may be named by neither policy.
  const members = [...bound, ...bound.flatMap((member) => allGroupMembers(world, member))];
  const all = members
    .filter((member) => !isDeleted(member) && !isAgent(member) && isOpenPool(world, member))
    .map(normalizeMember);
  return [...new Set(all)];
}

/** Every account that the snapshot names in whatever way, but agents. */
function accountsOf(world: World, direct: readonly NaiveRow[]): string[] {
  const { snapshot } = world;
  const emails = [
    ...snapshot.accounts.map(({ email }) => email),
    ...snapshot.projects.flatMap(({ accounts }) => valueOf(accounts) ?? []),
    ...allServices(world).flatMap((service) => runsAs(world, service) ?? []),
    ...direct.flatMap(({ principal }) => emailIn("serviceAccount", principal) ?? []),
  ];
  const all = emails.map((email) => email.toLowerCase()).filter((email) => !isAgent(`serviceAccount:${email}`));
  return [...new Set(all)];
}
