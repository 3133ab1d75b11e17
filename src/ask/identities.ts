import { parseMember } from "../access/member.ts";
import { CallerNames } from "../drift/caller-names.ts";
import type { DriftReport } from "../drift/drift-report.ts";
import { INTERNET } from "../matrix/model/match-selector.ts";
import { mayStillCall } from "../matrix/model/previous-accounts.ts";
import { principalIn } from "../matrix/model/principal-of.ts";
import type { World } from "../matrix/model/world.ts";
import type { Instant } from "../time/instant.ts";

const RAW = "member:";

/** How a question and a grid name a principal that the matrix does not: a raw word of a policy is neither a key nor `internet`. */
export function principalName(principal: string): string {
  const { principal: same } = parseMember(principal);
  return same.includes(":") || same === "allUsers" || same === "allAuthenticatedUsers" ? same : `${RAW}${same}`;
}

/** The principal that such a name stands for. */
export function principalNamed(name: string): string {
  return parseMember(name.startsWith(RAW) ? name.slice(RAW.length) : name).principal;
}

/** The principals that a caller is, by its name in a grid: as the matrix has it now and had it before, and as it really runs. */
export function identitiesOf(caller: string, drift: DriftReport | null, world: World): ReadonlySet<string> {
  if (caller === INTERNET) return new Set(["allUsers", "allAuthenticatedUsers"]);
  const running = (drift?.running ?? []).filter(({ service, resource }) => (service ?? resource) === caller);
  const accounts = running.flatMap(({ account }) => (account === null ? [] : accountMember(account)));
  const now = principalIn(world, caller);
  const previous = world.services.get(caller)?.previousAccounts ?? [];
  const named = now === undefined ? [] : [now, ...previous.map(({ email }) => accountMember(email))];
  if (named.length > 0 || running.length > 0) return new Set([...named, ...accounts]);
  return new Set([principalNamed(caller)]);
}

function accountMember(email: string): string {
  return parseMember(`serviceAccount:${email}`).principal;
}

/** The names of the matrix by which a caller may call where the matrix says so: of an account, all that call as it. */
export function namesOf(caller: string, world: World, asOf: Instant): readonly string[] {
  if (caller === INTERNET || world.services.has(caller) || world.callers.has(caller)) return [caller];
  const principal = principalNamed(caller);
  return new CallerNames(world).namesOf(principal).filter((name) => {
    if (principalIn(world, name) === principal) return true;
    const previous = world.services.get(name)?.previousAccounts ?? [];
    return previous.some((each) => accountMember(each.email) === principal && mayStillCall(each, asOf));
  });
}
