import type { Match, Trust } from "../callers/outside.ts";
import type { Pool, Provider } from "../federation/federation.ts";
import type { ProviderRecord } from "../snapshot/snapshot.ts";
import { compareText } from "../words/compare-text.ts";
import { enumerateWords } from "../words/enumerate-words.ts";
import type { DeclaredOutsider, PlannedProvider } from "./declared-federation.ts";
import type { Draft } from "./draft.ts";
import { type DriftContext, keysIn } from "./drift-context.ts";
import { planDifferences } from "./plan-differences.ts";
import { onceApplied } from "./provider-content.ts";
import { quoted } from "./provider-differences.ts";

type Said = Pick<Draft, "confidence" | "fix" | "message" | "pending" | "severity">;

/** What is wrong with a provider of a pool that other environments alone plan: it has to be as one of them says. */
export function otherPlans(
  live: ProviderRecord,
  pool: Pool,
  plans: readonly PlannedProvider[],
  context: DriftContext,
): Said | undefined {
  const judged = plans.map((plan) => ({ plan, differences: differencesFrom(plan, live, context) }));
  const equal = judged.find(({ differences }) => differences.length === 0)?.plan;
  if (equal !== undefined)
    return equal.provider.origin === "made"
      ? undefined
      : sharedIdentity(live, pool, equal.provider, context.federation.outsiders);
  const [first] = judged;
  if (first === undefined) return undefined;
  const { plan, differences } = first;
  const callers = pool.providers.flatMap((each) => each.callers).sort(compareText);
  return {
    message: `the provider ${live.name}, which ${plan.world.environment.name} has beside that of ${enumerateWords(callers, "and")}, ${enumerateWords(differences, "and")}`,
    fix: `correct it, as drift of ${plan.world.environment.name} says; or move it to a pool of its own`,
    ...(plan.provider.origin === "made" ? { pending: onceApplied(live, plan.stack) } : {}),
  };
}

function differencesFrom(
  { provider, world }: PlannedProvider,
  live: ProviderRecord,
  context: DriftContext,
): readonly string[] {
  const differences = planDifferences(provider, live, world, keysIn(context));
  return provider.origin === "named" && live.condition === null
    ? [...differences, "has no condition, so that every token of its issuer passes it"]
    : differences;
}

/**
 * A provider that the matrix names, and does not make, may map what callers of other issuers go by: a grant names the
 * pool alone, and whether the condition leaves their subjects out is not read in it.
 */
export function sharedIdentity(
  live: ProviderRecord,
  pool: Pool,
  { callers, trust }: Provider,
  outsiders: readonly DeclaredOutsider[],
): Said | undefined {
  const shared = outsiders.flatMap(({ caller, by }) =>
    by.kind === "pooled" &&
    by.pool.id === pool.id &&
    by.pool.project.id === pool.project.id &&
    !isSameTrust(by.provider.trust, trust) &&
    mapsMatch(live, by.match)
      ? [{ caller, name: nameOf(by.match) }]
      : [],
  );
  if (shared.length === 0) return undefined;
  const others = enumerateWords(shared.map(({ caller }) => caller).sort(compareText), "or");
  const names = [...new Set(shared.map(({ name }) => name))].sort(compareText);
  return {
    severity: "warning",
    confidence: "possible",
    message: `the provider ${live.name}, which the matrix names for ${enumerateWords(callers, "and")}, maps ${enumerateWords(names, "and")}, which ${others} of another issuer comes by: a token of ${live.issuer ?? "its issuer"} that passes ${quoted(live.condition ?? "")} can be that of ${others}`,
    fix: "move it to a pool of its own; or see that its condition takes none of their subjects, and accept this",
  };
}

/** Whether a provider maps what a grant goes by. Where that is not known, it may. */
export function mapsMatch({ mapping }: Pick<ProviderRecord, "mapping">, match: Match): boolean {
  return mapping === undefined || Object.hasOwn(mapping, nameOf(match));
}

function nameOf(match: Match): string {
  return match.by === "subject" ? "google.subject" : `attribute.${match.name}`;
}

/** Whether whoever signs the tokens of both is the same. */
function isSameTrust(a: Trust, b: Trust): boolean {
  if (a.type === "aws" || b.type === "aws") return a.type === "aws" && b.type === "aws" && a.account === b.account;
  return a.issuer === b.issuer && a.jwks === b.jwks;
}
