import type { Pool, Provider } from "../../federation/federation.ts";
import { poolAddress, poolName, providerName } from "./addresses.ts";
import type { StackScope } from "./stack-scope.ts";
import type { ProviderPlan, StackPlan, Value } from "./stack-plan.ts";

/** The pools and providers that a stack makes: those of its projects that were not there before. */
export function planPools({ matrix, name, federation }: StackScope): Pick<StackPlan, "pools" | "providers"> {
  const here = federation.pools.filter(({ project }) => project.stack === name);
  return {
    pools: here
      .filter(({ origin }) => origin === "made")
      .map(({ project, id, title, disabled }) => ({
        address: poolName(project.id, id),
        project: project.id,
        id,
        title,
        disabled,
      })),
    providers: here.flatMap((pool) =>
      pool.providers
        .filter(({ origin }) => origin === "made")
        .map(({ id, disabled, mapping, condition, trust }): ProviderPlan => ({
          address: providerName(pool.project.id, pool.id, id),
          project: pool.project.id,
          pool: idOf(pool),
          id,
          disabled,
          mapping: Object.fromEntries(mapping),
          condition,
          trust: planTrust(trust, matrix.keyFiles),
        })),
    ),
  };
}

/** By reference where the stack makes the pool, so that Terraform makes it first. */
function idOf({ project, id, origin }: Pool): Value {
  return origin === "made"
    ? { reference: `${poolAddress(poolName(project.id, id))}.workload_identity_pool_id` }
    : { text: id };
}

function planTrust(trust: Provider["trust"], keyFiles: ReadonlyMap<string, string>): ProviderPlan["trust"] {
  if (trust.type === "aws") return trust;
  return { ...trust, jwks: trust.jwks === undefined ? undefined : keyFiles.get(trust.jwks) };
}
