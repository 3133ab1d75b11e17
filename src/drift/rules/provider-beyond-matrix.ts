import { shellCommand } from "../../shell/quote-shell.ts";
import type { ProviderRecord } from "../../snapshot/snapshot.ts";
import { valueOf } from "../../snapshot/value-of.ts";
import { enumerateWords } from "../../words/enumerate-words.ts";
import { calleesOf } from "../callees-of.ts";
import type { DeclaredPool } from "../declared-federation.ts";
import type { Draft } from "../draft.ts";
import type { DriftContext } from "../drift-context.ts";
import type { DriftRule } from "../drift-rule.ts";
import { liveFederation } from "../live-federation.ts";
import { placeOf } from "../place-of.ts";
import { mapsMatch, otherPlans, sharedIdentity } from "../planned-providers.ts";
import { providerContent } from "../provider-content.ts";
import { quoted } from "../provider-differences.ts";

/**
 * Grants name a pool, not a provider: whatever provider of the pool maps a token to the same attribute makes it the same
 * identity. docs: /iam/docs/workload-identity-federation, principal identifiers
 */
export const providerBeyondMatrix: DriftRule = {
  id: "provider-beyond-matrix",
  severity: "error",
  summary: "a pool that a caller comes through has a provider that lets in others as that caller",
  criteria: ["CC6.1", "CC6.3"],
  *check(context) {
    const { federation, snapshot } = context;
    const live = liveFederation(snapshot);
    for (const declared of federation.pools) {
      const { pool, name } = declared;
      const record = name === undefined ? "unread" : live.poolOf(pool.project.id, name);
      if (typeof record === "string" || !record.active) continue;
      for (const provider of valueOf(record.providers) ?? []) {
        if (!provider.active) continue;
        const message = sayingOf(provider, declared, context);
        const callers = pool.providers.flatMap((each) => each.callers).sort();
        const [caller] = callers;
        if (message === undefined) continue;
        yield {
          ...message,
          services: calleesOf(callers, context),
          ...(caller === undefined ? {} : { caller }),
          resource: provider.name,
          identity: [provider.name, providerContent(provider)],
          ...placeOf(caller, context),
        };
      }
    }
  },
};

function sayingOf(
  live: ProviderRecord,
  { pool, providers }: DeclaredPool,
  context: DriftContext,
): Pick<Draft, "confidence" | "fix" | "message" | "pending" | "severity"> | undefined {
  const { federation, world } = context;
  const planned = providers.find(({ name }) => name === live.name)?.provider;
  const issuer = live.issuer ?? "an issuer that is not read";
  if (planned !== undefined) {
    // That one of ours has none is for provider-differs to say.
    if (planned.origin === "made") return undefined;
    if (live.condition !== null) return sharedIdentity(live, pool, planned, federation.outsiders);
    return {
      message: `the provider ${live.name}, which the matrix names for ${enumerateWords(planned.callers, "and")}, has no condition: every token of ${issuer} passes it`,
      fix: "give it a condition on whose tokens they are",
    };
  }
  const others = federation.plansOf(live.name).filter((plan) => plan.world !== world);
  if (others.length > 0) return otherPlans(live, pool, others, context);
  const callers = pool.providers.flatMap((each) => each.callers).sort();
  const [id = ""] = live.name.split("/").slice(-1);
  const reach = reachOf(live, pool.id, federation.outsiders);
  const condition = live.condition === null ? "without a condition" : `with the condition ${quoted(live.condition)}`;
  return {
    confidence: reach === "same" ? "certain" : "possible",
    message: `the pool ${pool.id} has the provider ${id} beside those of the matrix, for tokens of ${issuer}, ${condition}: ${reach === "same" ? "what it maps can make its tokens" : "once it maps the same, its tokens are"} those of ${enumerateWords(callers, "or")}`,
    fix: deleteCommand(live.name),
  };
}

/** Whether a provider maps what grants to declared callers go by. */
function reachOf(
  live: ProviderRecord,
  pool: string,
  outsiders: DriftContext["federation"]["outsiders"],
): "none" | "same" {
  if (live.mapping === undefined) return "same";
  return outsiders.some(({ by }) => by.kind === "pooled" && by.pool.id === pool && mapsMatch(live, by.match))
    ? "same"
    : "none";
}

function deleteCommand(name: string): string {
  const [, project = "", , location = "", , pool = "", , provider = ""] = name.split("/");
  return shellCommand([
    "gcloud",
    "iam",
    "workload-identity-pools",
    "providers",
    "delete",
    provider,
    `--workload-identity-pool=${pool}`,
    `--location=${location}`,
    `--project=${project}`,
  ]);
}
