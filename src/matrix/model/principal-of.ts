import { parseMember } from "../../access/member.ts";
import type { Instant } from "../../time/instant.ts";
import { mayStillCall } from "./previous-accounts.ts";
import type { Caller, Service, World } from "./world.ts";

/** The principal that a service or caller calls as now, as IAM compares it. */
export function principalOf(name: Caller | Service): string {
  return parseMember("principal" in name ? name.principal : `serviceAccount:${name.account.email}`).principal;
}

/** The same by its key; undefined where the world has none of that name. */
export function principalIn({ services, callers }: World, key: string): string | undefined {
  const name = services.get(key) ?? callers.get(key);
  return name === undefined ? undefined : principalOf(name);
}

/**
 * Who is to pass Identity-Aware Proxy, by the service behind it: the callers of every edge that goes through it, with
 * their previous accounts.
 */
export function iapPrincipals(world: World, asOf: Instant): ReadonlyMap<string, ReadonlySet<string>> {
  const members = new Map<string, Set<string>>();
  for (const { caller, callee, clause } of world.holding) {
    const principal = clause.through === "iap" ? principalIn(world, caller) : undefined;
    if (principal === undefined) continue;
    const previous = (world.services.get(caller)?.previousAccounts ?? []).filter((each) => mayStillCall(each, asOf));
    const known = members.get(callee) ?? new Set();
    members.set(callee, known.add(principal));
    for (const { email } of previous) known.add(parseMember(`serviceAccount:${email}`).principal);
  }
  return members;
}
