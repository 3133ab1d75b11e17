import { packProviders } from "../../federation/pack-providers.ts";
import type { Provider } from "../../federation/federation.ts";
import type { ProviderRecord } from "../../snapshot/snapshot.ts";
import { enumerateWords } from "../../words/enumerate-words.ts";
import type { Draft } from "../draft.ts";
import { type DriftContext, keysIn } from "../drift-context.ts";
import type { DriftRule } from "../drift-rule.ts";
import { liveFederation } from "../live-federation.ts";
import { calleesOf } from "../callees-of.ts";
import { placeOf } from "../place-of.ts";
import { planDifferences, shownTo } from "../plan-differences.ts";
import { onceApplied, providerContent } from "../provider-content.ts";
import { quoted } from "../provider-differences.ts";

/** Who gets in by a provider hangs on its condition and its mapping; the grants on accounts stay as they are. */
export const providerDiffers: DriftRule = {
  id: "provider-differs",
  severity: "error",
  summary: "a provider of a workload identity pool takes other tokens than the matrix says",
  criteria: ["CC6.1", "CC6.3"],
  *check(context) {
    const { federation, snapshot } = context;
    const live = liveFederation(snapshot);
    for (const { pool, name, providers } of federation.pools) {
      const record = name === undefined ? "unread" : live.poolOf(pool.project.id, name);
      if (typeof record === "string") continue;
      for (const { provider, name: resource = "" } of providers) {
        const found = live.providerOf(record, resource);
        // One that is off lets nobody in.
        if (typeof found === "string" || !found.active) continue;
        const said = provider.origin === "made" ? made(provider, found, context) : named(provider, found, context);
        const [caller] = provider.callers;
        if (said === undefined) continue;
        yield {
          ...said,
          services: calleesOf(provider.callers, context),
          ...(caller === undefined ? {} : { caller }),
          resource,
          identity: [resource, providerContent(found)],
          ...placeOf(caller, context),
        };
      }
    }
  },
};

type Said = Pick<Draft, "fix" | "message" | "pending" | "severity">;

function made(provider: Provider, live: ProviderRecord, context: DriftContext): Said | undefined {
  const differences = planDifferences(provider, live, context.world, keysIn(context));
  if (differences.length === 0) return undefined;
  const stack = context.federation.pools.find(({ pool }) => pool.providers.includes(provider))?.pool.project.stack;
  return {
    message: `the provider ${live.name} of ${enumerateWords(provider.callers, "and")} ${enumerateWords(differences, "and")}`,
    fix: "apply what matrix synth writes, and look at who got tokens meanwhile",
    ...(stack === undefined ? {} : { pending: onceApplied(live, stack) }),
  };
}

/** Of a provider that was there before, the matrix says whose tokens it takes and what it makes of the subject; no more. */
function named(provider: Provider, live: ProviderRecord, context: DriftContext): Said | undefined {
  const differences = planDifferences(provider, live, context.world, keysIn(context));
  const who = `the provider ${live.name}, which the matrix names for ${enumerateWords(provider.callers, "and")},`;
  if (differences.length > 0)
    return {
      message: `${who} ${enumerateWords(differences, "and")}`,
      fix: "correct the provider, or what the matrix says of its callers",
    };
  const conditions = packProviders(shownTo(provider, context.world)).map(({ condition }) => condition);
  // That it has none is for provider-beyond-matrix to say.
  if (live.condition === null || conditions.every((each) => each === live.condition)) return undefined;
  const subject = live.mapping?.["google.subject"] ?? "";
  return {
    severity: "info",
    message: `${who} is not written by matrix: it takes tokens by its own condition ${quoted(live.condition)}, and maps google.subject to ${quoted(subject)}`,
    fix: `see that the condition lets in nobody else; matrix would write ${enumerateWords(conditions.map(quoted), "and")}`,
  };
}
