import { needsOf } from "../../callers/caller-of.ts";
import type { Caller } from "../../matrix/model/world.ts";
import { accountName, memberValue } from "./plan-accounts.ts";
import type { StackScope } from "./stack-scope.ts";
import type { GrantPlan } from "./stack-plan.ts";

/** The grants that callers need beside their place in rows, as far as Terraform can make them. In order of key. */
export function planGrants(scope: StackScope): readonly GrantPlan[] {
  const { world, name } = scope;
  return [...world.callers.values()]
    .filter(({ home }) => home?.stack === name)
    .flatMap((caller) => grantsOf(caller, scope));
}

function grantsOf(caller: Caller, { held }: StackScope): readonly GrantPlan[] {
  const { key, home, account, principal } = caller;
  if (home === undefined || account === undefined) return [];
  return needsOf(caller)
    .filter(({ by }) => by === "synth")
    .map(({ role, member, on }) => ({
      key,
      on: on === "project" ? { project: home.id } : { account: accountName(account, held) },
      role,
      member: member === "caller" ? memberValue(principal, held) : { text: member.principal },
    }));
}
