import { outsideOf } from "../callers/caller-of.ts";
import type { Outside } from "../callers/outside.ts";
import type { Account, Caller, World } from "../matrix/model/world.ts";
import { compareText } from "../words/compare-text.ts";
import { groupBy } from "../words/group-by.ts";
import type { Federation, Impersonation, Pool, Provider } from "./federation.ts";
import { type PoolApplicant, planPool } from "./plan-pool.ts";

/** A caller whose account somebody outside may act as. */
interface Outsider {
  readonly caller: Caller;
  readonly account: Account;
  readonly outside: Outside;
}

interface Seat {
  readonly pool: Pool;
  readonly provider: Provider;
}

/**
 * Who outside may act as which account in a world, and the pools and providers that this takes. The same world gives the
 * same answer in the same order, whatever the order of its files. What is wrong with a caller is a finding of its own,
 * and does not keep it from being planned.
 * @param readOutside asks the kind of a caller; tests give another one
 */
export function planFederation(
  world: Pick<World, "callers" | "environment" | "holding">,
  readOutside: (caller: Caller) => Outside | undefined = outsideOf,
): Federation {
  const outsiders = [...world.callers.values()]
    .flatMap((caller): readonly Outsider[] => {
      const { account } = caller;
      const outside = account === undefined ? undefined : readOutside(caller);
      return account === undefined || outside === undefined ? [] : [{ caller, account, outside }];
    })
    .sort((a, b) => compareText(a.caller.key, b.caller.key));
  if (outsiders.length === 0) return { pools: [], impersonations: [] };

  const pools = planPools(outsiders, world);
  const seats = new Map(
    pools.flatMap((pool) =>
      pool.providers.flatMap((provider) => provider.callers.map((key): [string, Seat] => [key, { pool, provider }])),
    ),
  );
  return { pools, impersonations: outsiders.flatMap((each) => planImpersonation(each, seats.get(each.caller.key))) };
}

function planPools(
  outsiders: readonly Outsider[],
  { environment, holding }: Pick<World, "environment" | "holding">,
): readonly Pool[] {
  const active = new Set(holding.map(({ caller }) => caller));
  const applicants = outsiders.flatMap(({ caller, outside }): readonly PoolApplicant[] =>
    caller.home === undefined || outside.kind === "known"
      ? []
      : [{ caller: caller.key, project: caller.home, outside, isActive: active.has(caller.key) }],
  );
  const { name } = environment;
  // By what a pool is for, not by its id: ids are short, and two issuers must never share a pool because of theirs.
  const groups = groupBy(applicants, ({ project, outside: { pool } }) =>
    JSON.stringify([project.id, pool.existing?.pool ?? [pool.family, ...pool.apart]]),
  );
  return [...groups.values()]
    .map((group) => planPool(group, name))
    .sort(
      (a, b) => compareText(a.project.id, b.project.id) || compareText(a.id, b.id) || compareText(a.origin, b.origin),
    );
}

function planImpersonation({ caller, account, outside }: Outsider, seat: Seat | undefined): readonly Impersonation[] {
  if (outside.kind === "known") return [{ caller: caller.key, account, by: outside }];
  return seat === undefined
    ? []
    : [{ caller: caller.key, account, by: { kind: "pooled", ...seat, match: outside.match } }];
}
