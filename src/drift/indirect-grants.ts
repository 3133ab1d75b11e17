import type { Hop, Path } from "../access/access.ts";
import { accountSteps, type AccountStep } from "../access/account-steps.ts";
import { groupBy } from "../words/group-by.ts";
import type { DriftContext, Live } from "./drift-context.ts";
import { grantIdentity } from "./grant-findings.ts";

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
 * The first steps of all indirect ways to sensitive services (or to any, where that was asked), and every grant of a
 * token on an account that somebody outside acts as. Left out is what the matrix declares: inherited grants, and those
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
  for (const { hop, member, allow, places } of grantsOnAccounts(context)) {
    const path: Path = { hops: [hop], allow, managed: false };
    const names = places.map(({ name }) => name);
    const key = JSON.stringify([member.principal, hop.kind, ...grantIdentity(hop)]);
    // A way that the search found says more.
    if (!grants.has(key)) add(hop, member.principal, path, names);
  }
  return [...grants.values()].map((grant) => ({ ...grant, services: [...grant.services].sort() }));
}

/**
 * Grants of tokens that are looked at one by one. A row shows one way alone, so that the declared way of an outsider
 * would hide another one of the same member; and who may act as a caller from outside is what the matrix lists.
 */
function* grantsOnAccounts(context: DriftContext): Iterable<AccountStep & { readonly places: readonly Live[] }> {
  const { federation, matrix, snapshot, access, standingOf } = context;
  if (federation.outsiders.length === 0) return;
  const stepsTo = accountSteps(snapshot, access.services, matrix.asOf);
  for (const [email, places] of placesOfAccounts(context)) {
    for (const step of stepsTo(email)) {
      const { hop, member, allow } = step;
      const isOnActedAs = hop.kind === "impersonate" && hop.level === "account" && federation.isActedAs(email);
      if (!isOnActedAs && !federation.isOutsider(hop.member)) continue;
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
