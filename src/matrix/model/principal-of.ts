import { parseMember } from "../../access/member.ts";
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

/** Who is to pass Identity-Aware Proxy, by the service behind it: the callers of every edge that goes through it. */
export function iapMembers(world: World): ReadonlyMap<string, ReadonlySet<string>> {
  const members = new Map<string, Set<string>>();
  for (const { caller, callee, clause } of world.holding) {
    const principal = clause.through === "iap" ? principalIn(world, caller) : undefined;
    if (principal === undefined) continue;
    const known = members.get(callee) ?? new Set();
    members.set(callee, known.add(principal));
  }
  return members;
}
