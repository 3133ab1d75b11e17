import type { Project } from "../matrix/model/environment.ts";
import { compareText } from "../words/compare-text.ts";
import { groupBy } from "../words/group-by.ts";
import type { Pool, Provider } from "./federation.ts";
import { type Applicant, packProviders } from "./pack-providers.ts";
import { guestProviderId, numberedId, poolId, providerId } from "./pool-ids.ts";

/** A caller whose tokens a pool is to take. */
export interface PoolApplicant extends Applicant {
  readonly project: Project;
  /** Whether it may call anything at this moment. */
  readonly isActive: boolean;
}

/** The id of the pool that a caller's tokens go to. */
function poolIdOf({ outside: { pool } }: Applicant, environment: string): string {
  return pool.existing?.pool ?? poolId(environment, pool.family, pool.apart);
}

/** The pool of some callers, in order of key, who all have the same one, and all name it or all have it made. */
export function planPool(applicants: readonly PoolApplicant[], environment: string): Pool {
  const [first] = applicants;
  if (first === undefined) throw new Error("a pool without callers");
  const isMade = first.outside.pool.existing === undefined;
  // By what a provider is for, not by its id: where ids are hashes, two issuers must never share one because of theirs.
  const slots = groupBy(applicants, (each) => JSON.stringify([slotOf(each, environment), realSlot(each)]));
  const providers = [...slots.values()].flatMap((group) => planProviders(group, environment));
  return {
    project: first.project,
    id: poolIdOf(first, environment),
    origin: isMade ? "made" : "named",
    title: first.outside.pool.title,
    disabled: isMade && !applicants.some(({ isActive }) => isActive),
    providers: providers.sort((a, b) => compareText(a.id, b.id)),
  };
}

/** The id of the first provider of those who can share one: their tokens have the same issuer, and are judged alike. */
function slotOf({ outside: { pool } }: Applicant, environment: string): string {
  const { family, apart, provider, existing } = pool;
  if (existing === undefined) return providerId(family, provider);
  return existing.provider ?? guestProviderId(environment, family, [...apart, provider]);
}

function realSlot({ outside: { pool } }: Applicant): readonly string[] {
  return pool.existing?.provider === undefined ? [pool.family, ...pool.apart, pool.provider] : [];
}

function planProviders(applicants: readonly PoolApplicant[], environment: string): readonly Provider[] {
  const [first] = applicants;
  if (first === undefined) return [];
  const id = slotOf(first, environment);
  const { trust, pool } = first.outside;
  if (pool.existing?.provider !== undefined) {
    const callers = applicants.map(({ caller }) => caller);
    return [{ id, origin: "named", disabled: false, trust, condition: "", mapping: new Map(), callers }];
  }
  return packProviders(applicants).map(({ condition, mapping, applicants: packed }, index) => ({
    id: numberedId(id, index + 1),
    origin: "made",
    disabled: !packed.some(({ isActive }) => isActive),
    trust,
    condition,
    mapping,
    callers: packed.map(({ caller }) => caller),
  }));
}
