import { IMPERSONATOR_ROLE } from "../../src/federation/federation.ts";
import { outsideMember, poolName } from "../../src/federation/outside-member.ts";
import { planFederation } from "../../src/federation/plan-federation.ts";
import type { AccountRecord, PoolRecord, ProviderRecord } from "../../src/snapshot/snapshot.ts";
import { account, bind, emptySnapshot, read } from "../access/tiny-world.ts";
import { readMatrixFor, worldOf } from "./drift-of.ts";

/** What is live of the outsiders of a matrix once it is applied: their pools, and the accounts that they act as. */
export interface AppliedFederation {
  readonly pools: readonly PoolRecord[];
  readonly accounts: readonly AccountRecord[];
}

export function appliedFederation(text: string): AppliedFederation {
  const { pools, impersonations } = planFederation(worldOf(readMatrixFor(text, emptySnapshot)));
  return {
    pools: pools.map((pool): PoolRecord => {
      const name = poolName(pool) ?? "";
      const providers = pool.providers.map(({ id, disabled, trust, condition, mapping }): ProviderRecord => ({
        name: `${name}/providers/${id}`,
        active: !disabled,
        issuer: trust.type === "aws" ? `aws:${trust.account}` : trust.issuer,
        condition,
        mapping: Object.fromEntries(mapping),
        audiences: trust.type === "aws" ? [] : trust.audiences,
        jwks: null,
      }));
      return { name, active: !pool.disabled, providers: read(providers) };
    }),
    accounts: impersonations.map((each) =>
      account(each.account.email, [bind(IMPERSONATOR_ROLE, outsideMember(each) ?? "")]),
    ),
  };
}

/** The same with its one provider, or whatever stands in its place. */
export function withProviders(
  { pools, accounts }: AppliedFederation,
  change: (provider: ProviderRecord) => readonly ProviderRecord[],
): AppliedFederation {
  return {
    accounts,
    pools: pools.map((pool) => ({
      ...pool,
      providers: "value" in pool.providers ? read(pool.providers.value.flatMap(change)) : pool.providers,
    })),
  };
}
