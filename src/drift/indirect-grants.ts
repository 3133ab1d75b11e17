import type { Hop, Path } from "../access/access.ts";
import { accountHome } from "../access/account-project.ts";
import { accountSteps, type AccountStep } from "../access/account-steps.ts";
import { parseMember } from "../access/member.ts";
import { valueOf } from "../snapshot/value-of.ts";
import { groupBy } from "../words/group-by.ts";
import type { DriftContext, Live } from "./drift-context.ts";
import { grantIdentity } from "./grant-findings.ts";
import { containerOf } from "./unread-federation.ts";

/** A grant with which somebody's way to a service begins. */
export interface IndirectGrant {
  readonly hop: Hop;
  readonly principal: string;
  readonly path: Path;
  /** What it leads to, by the names of findings, sorted. */
  readonly services: readonly string[];
}

interface Gathering extends Omit<IndirectGrant, "services"> {
  readonly services: Set<string>;
}

/**
 * The first steps of all indirect ways to sensitive services (or to any, where that was asked), and every way to act as
 * an account that somebody outside acts as, or by which somebody outside acts as another caller. Left out is what the matrix declares: inherited grants, and those
 * by which declared outsiders act as their accounts.
 */
export function indirectGrants(context: DriftContext): readonly IndirectGrant[] {
  const grants = new Map<string, Gathering>();
  const add = (hop: Hop, principal: string, path: Path, names: readonly string[]): void => {
    const key = JSON.stringify([principal, hop.kind, ...grantIdentity(hop)]);
    const found = grants.get(key);
    if (found === undefined) grants.set(key, { hop, principal, path, services: new Set(names) });
    else for (const name of names) found.services.add(name);
  };
  for (const { service, declared, name } of context.live) {
    if (!context.indirect && (declared === undefined || !context.isSensitive(declared.key))) continue;
    for (const row of context.rowsOf(service)) {
      const [path] = row.paths;
      const hop = path?.hops[0];
      if (row.ring !== "indirect" || path === undefined || hop === undefined) continue;
      if (context.federation.declares(hop) || context.standingOf(row, path).kind === "inherited") continue;
      add(hop, row.principal, path, [name]);
    }
  }
  const grantKey = (principal: string, hop: Hop): string => JSON.stringify([principal, ...grantIdentity(hop)]);
  // A way that the search found says more.
  const kinds = new Map([...grants.values()].map(({ principal, hop }) => [grantKey(principal, hop), "search"]));
  for (const { hop, member, allow, places } of grantsOnAccounts(context)) {
    const path: Path = { hops: [hop], allow, managed: false };
    const names = places.map(({ name }) => name);
    // A role that both mints tokens and makes keys is one grant to remove.
    const key = grantKey(member.principal, hop);
    const kind = kinds.get(key) ?? hop.kind;
    kinds.set(key, kind);
    if (kind === hop.kind) add(hop, member.principal, path, names);
  }
  return [...grants.values()].map((grant) => ({ ...grant, services: [...grant.services].sort() }));
}

/**
 * Grants that are looked at one by one. A row shows one way alone, so that the declared way of an outsider would hide
 * another one of the same member; and who may act as a caller from outside is what the matrix lists.
 */
function* grantsOnAccounts(context: DriftContext): Iterable<AccountStep & { readonly places: readonly Live[] }> {
  const { federation, snapshot, standingOf } = context;
  if (federation.outsiders.length === 0 && !namesOutsiders(snapshot)) return;
  const stepsTo = stepsToAccounts(context);
  for (const [email, places] of placesOfAccounts(context)) {
    if (places.length === 0) continue;
    for (const step of stepsTo(email)) {
      const { hop, member, allow } = step;
      if (!isJudged(step, email, federation)) continue;
      // An account needs no grant to act as itself.
      if (federation.declares(hop) || member.principal === `serviceAccount:${email}`) continue;
      const open = places.filter(
        ({ service }) =>
          standingOf({ service, ring: "indirect" }, { hops: [hop], managed: false }).kind !== "inherited",
      );
      if (open.length > 0) yield { hop, member, allow, places: open };
    }
  }
}

/** Who holds them can do nearly all, and everybody knows. They mint no tokens by themselves. */
const basicRoles: ReadonlySet<string | null> = new Set(["roles/owner", "roles/editor", "roles/viewer"]);

/**
 * Which ways to act as an account are looked at for every callee. On an account that somebody outside is declared to act
 * as, all are; above it those that need no more than the grant. On other accounts of callers nobody outside is declared.
 */
function isJudged({ hop, member }: AccountStep, email: string, federation: DriftContext["federation"]): boolean {
  if (federation.isOutsider(hop.member)) return true;
  const isOnAccount = hop.level === "account";
  if (federation.isActedAs(email))
    return isOnAccount || isOutside(member) || (hop.kind !== "run-as" && !basicRoles.has(hop.role));
  const isToken = hop.kind === "impersonate" || hop.kind === "key";
  return isOutside(member) && (isOnAccount || (isToken && !basicRoles.has(hop.role)));
}

function isOutside({ kind }: AccountStep["member"]): boolean {
  return kind === "federated" || kind === "workforce";
}

/** Whether a policy of an account, or one above, names somebody of another issuer at all. */
function namesOutsiders({ accounts, containers }: DriftContext["snapshot"]): boolean {
  return [...accounts, ...containers].some(({ policy }) =>
    (valueOf(policy)?.bindings ?? []).some(({ members }) => members.some((each) => isOutside(parseMember(each)))),
  );
}

/** Also by grants that begin later, of projects elsewhere, and of agents that work for projects of others. */
function stepsToAccounts({ snapshot, access, matrix, world }: DriftContext): ReturnType<typeof accountSteps> {
  const own = new Set([
    ...world.environment.projects.flatMap(({ number }) => number ?? []),
    ...snapshot.containers.flatMap(({ resource, details }) =>
      resource.startsWith("projects/") ? (valueOf(details)?.number ?? []) : resource,
    ),
  ]);
  return accountSteps(snapshot, access.services, matrix.asOf, {
    countsLater: true,
    homeOf: (email) => {
      const container = containerOf(accountHome(email) ?? "", snapshot);
      return container?.resource.slice("projects/".length);
    },
    isOurs: (owner) => own.has(owner),
  });
}

/** The accounts of the matrix with the live services that each can invoke, or is declared to call. */
function placesOfAccounts({ world, live, rowsOf }: DriftContext): ReadonlyMap<string, readonly Live[]> {
  const holders = [...world.services.values(), ...world.callers.values()];
  const emails = new Map(holders.flatMap(({ key, account }) => (account ? [[key, account.email.toLowerCase()]] : [])));
  const edges = groupBy(world.holding, ({ callee }) => callee);
  const places = new Map([...emails.values()].map((email): [string, Set<Live>] => [email, new Set()]));
  for (const each of live) {
    for (const { ring, verdict, principal } of rowsOf(each.service)) {
      if (ring === "indirect" || verdict === "denied") continue;
      places.get(principal.slice("serviceAccount:".length))?.add(each);
    }
    for (const { caller } of edges.get(each.declared?.key ?? "") ?? []) places.get(emails.get(caller) ?? "")?.add(each);
  }
  return new Map([...places].map(([email, all]) => [email, [...all]]));
}
