import { describeCaller, outsideOf } from "../../callers/caller-of.ts";
import type { PooledOutside } from "../../callers/outside.ts";
import type { Draft } from "../../finding/draft.ts";
import { accountHolders } from "../model/account-holders.ts";
import type { Matrix } from "../model/matrix.ts";
import type { Caller } from "../model/world.ts";
import { groupBy } from "../../words/group-by.ts";
import { accountPlace, identityPlace } from "./account-place.ts";

/** Who stands behind a caller, whatever it calls as: equal for equal people, and for equal tokens of an issuer. */
export function identityOf(caller: Caller): string | undefined {
  if (caller.account === undefined) return caller.principal;
  const outside = outsideOf(caller);
  if (outside === undefined) return undefined;
  return JSON.stringify(outside.kind === "known" ? outside.principal : [outside.trust, outside.match]);
}

/**
 * Accounts that several environments have, and of which somebody outside may act in one of them alone: Google knows no
 * environments, so whoever may act as the account may call in all of them.
 */
export function* outsidersAcross(matrix: Matrix): Iterable<Draft> {
  const outsiders = matrix.worlds.flatMap(({ environment, callers }) =>
    [...callers.values()].flatMap((caller) => {
      const identity = outsideOf(caller) === undefined ? undefined : identityOf(caller);
      return identity === undefined ? [] : [{ environment: environment.name, caller, identity }];
    }),
  );
  if (outsiders.length === 0) return;
  const byEmail = groupBy(outsiders, ({ caller }) => caller.account?.email);
  for (const holder of accountHolders(matrix)) {
    const all = byEmail.get(holder.account.email) ?? [];
    const here = new Set(
      all.filter(({ environment }) => environment === holder.environment).map((each) => each.identity),
    );
    const other = all.find(({ environment, identity }) => environment !== holder.environment && !here.has(identity));
    if (other === undefined) continue;
    const isCaller = matrix.names.get(holder.holder)?.section === "callers";
    yield {
      severity: "error",
      message: `${holder.holder} runs as ${holder.account.email} here, and in ${other.environment} ${describeCaller(other.caller)} may act as that account, so it may call here what ${holder.holder} may`,
      help: "give it an account of its own in each environment",
      at: accountPlace(matrix, holder),
      related: [
        { message: `this is who may in ${other.environment}`, at: identityPlace(other.caller, other.environment) },
      ],
      environment: holder.environment,
      ...(isCaller ? { callers: [holder.holder] } : { services: [holder.holder] }),
    };
  }
}

/**
 * Pools that are there already, through which callers of several issuers come, known by their subjects: a member of a
 * policy names pool and subject and no provider, so each issuer can make tokens with the subjects of the others.
 */
export function* sharedPools({ worlds }: Matrix): Iterable<Draft> {
  for (const { environment, callers } of worlds) {
    const named = [...callers.values()].flatMap((caller) => {
      const outside = outsideOf(caller);
      return outside?.kind === "pooled" &&
        outside.pool.existing?.provider !== undefined &&
        outside.match.by === "subject"
        ? [{ caller, outside, subject: outside.match.value }]
        : [];
    });
    const pools = groupBy(named, ({ caller, outside }) => `${caller.home?.id} ${outside.pool.existing?.pool}`);
    for (const [first, ...others] of pools.values()) {
      const other = others.find(({ outside }) => providerOf(outside) !== providerOf(first?.outside));
      if (first === undefined || other === undefined) continue;
      const isSame = other.subject === first.subject;
      yield {
        ...(isSame ? { severity: "error" as const } : {}),
        message: `${first.caller.key} and ${other.caller.key} come through two providers of the pool ${first.outside.pool.existing?.pool}, and are known in it by their subjects alone: ${isSame ? "each may act as the other" : "whoever makes tokens for one can make those of the other"}`,
        help: "leave provider out, so that each gets a provider and an attribute of its own in that pool",
        at: identityPlace(other.caller, environment.name),
        related: [{ message: `this is ${first.caller.key}`, at: identityPlace(first.caller, environment.name) }],
        environment: environment.name,
        callers: [first.caller.key, other.caller.key],
        together: true,
      };
    }
  }
}

function providerOf(outside: PooledOutside | undefined): string | undefined {
  return outside?.pool.existing?.provider;
}
