import { providerDifferences } from "../drift/provider-differences.ts";
import type { Provider } from "../federation/federation.ts";
import { jwksDigest } from "../snapshot/jwks-digest.ts";
import type { ProviderRecord } from "../snapshot/snapshot.ts";
import { canonicalJson } from "../words/canonical-json.ts";
import { enumerateWords } from "../words/enumerate-words.ts";
import type { DeclaredPool } from "./declared-outsiders.ts";
import { type GuardContext, projectWhereabouts } from "./guard-context.ts";
import type { GuardDraft } from "./guard-draft.ts";
import { asValues, listOf, own, type PlanChange, textOr, type Values } from "./plan.ts";
import { isMarked } from "./resolved.ts";

const PROVIDER = "google_iam_workload_identity_pool_provider";

/**
 * What a plan does to the providers of pools that declared callers come through: grants name a pool, so that whoever a
 * provider of it lets in can become one of them.
 */
export function* judgeProvider(change: PlanChange, context: GuardContext): Iterable<GuardDraft> {
  const { after, action } = change;
  // One that is off lets nobody in.
  if (change.type !== PROVIDER || change.isData || after === undefined || action === "forget") return;
  if (own(after, "disabled") === true && !isMarked(change.afterUnknown, "disabled")) return;
  const { pools, isSure, id } = poolsOf(change, context);
  const [known] = pools;
  if (known === undefined) return;
  const planned = id === undefined ? undefined : known.providers.get(id);
  const draft =
    planned === undefined
      ? added(id, known)
      : planned.origin === "named"
        ? named(planned, change, known)
        : made(planned, change, known, context);
  if (draft === undefined) return;
  const callers = [...new Set(pools.flatMap((pool) => pool.callers))].sort();
  yield {
    rule: "plan-impersonates",
    change,
    environments: [...new Set(pools.flatMap(({ environments }) => environments))].sort(),
    names: callers,
    already: action === "no-op",
    ...draft,
    ...(isSure ? {} : { certainty: "possible" as const }),
  };
}

/** The pools that a provider can be in, as far as the plan says; `isSure` where it is that one alone. */
function poolsOf(change: PlanChange, { declared, resolver }: GuardContext) {
  const [project, pool, id] = ["project", "workload_identity_pool_id", "workload_identity_pool_provider_id"].map(
    (argument) => resolver.attribute(change, argument, 0).text,
  );
  const [, inPath, name = pool] =
    /^projects\/([^/]+)\/locations\/global\/workloadIdentityPools\/([^/]+)$/.exec(pool ?? "") ?? [];
  const where = projectWhereabouts(inPath ?? project, declared);
  const pools =
    where.kind === "elsewhere"
      ? []
      : declared.outsiders.poolsOf(where.kind === "inside" ? where.project : undefined, name);
  return { pools, isSure: where.kind === "inside" && name !== undefined, id };
}

type Judged = Pick<GuardDraft, "certainty" | "fix" | "message">;

function added(id: string | undefined, known: DeclaredPool): Judged {
  return {
    message: `puts the provider ${id ?? "of a name that is not known yet"} into the pool ${known.id}: whoever it lets in can become ${whoOf(known)}`,
    fix: "take it out, or put it into a pool of its own",
  };
}

/** A provider that somebody else makes: what it admits is theirs to say, and that it changes is told. */
function named(planned: Provider, change: PlanChange, known: DeclaredPool): Judged | undefined {
  const { after = {}, before } = change;
  if (textOr(own(after, "attribute_condition")) === "" && !isMarked(change.afterUnknown, "attribute_condition"))
    return {
      message: `takes the condition of the provider ${planned.id} away, which the matrix names: it lets in everybody of its issuer as ${whoOf(known)}`,
      fix: "keep its condition, or leave provider out of the matrix, so that one is made",
    };
  const isSame = (argument: string): boolean =>
    !isMarked(change.afterUnknown, argument) &&
    canonicalJson(own(before ?? {}, argument) ?? null) === canonicalJson(own(after, argument) ?? null);
  if (before !== undefined && arguments_.every(isSame)) return undefined;
  return {
    certainty: "possible",
    message: `${before === undefined ? "makes" : "changes"} the provider ${planned.id} of the pool ${known.id}, which the matrix names: it decides who becomes ${whoOf(known)}`,
    fix: "look whether it lets in whom the matrix says and nobody else",
  };
}

/** A provider of ours, which is what the matrix says or is not. */
function made(
  planned: Provider,
  change: PlanChange,
  known: DeclaredPool,
  { declared }: GuardContext,
): Judged | undefined {
  const differences = providerDifferences(planned, recordOf(change.after ?? {}), declared.outsiders.keysOf);
  const isUnknown = arguments_.some((argument) => isMarked(change.afterUnknown, argument));
  if (differences.length === 0 && !isUnknown) return undefined;
  // Values that the plan marks as sensitive stay out of the sentence.
  const isHidden = Object.keys(asValues(change.afterSensitive)).length > 0;
  const said = isUnknown || isHidden ? ["is not, as far as the plan says, the one of the matrix"] : differences;
  return {
    ...(isUnknown ? { certainty: "possible" as const } : {}),
    message: `the provider ${planned.id} of the pool ${known.id} ${enumerateWords(said, "and")}: it decides who becomes ${whoOf(known)}`,
    fix: "apply what matrix synth writes",
  };
}

function whoOf({ callers }: DeclaredPool): string {
  return enumerateWords(callers, "or");
}

const arguments_ = ["attribute_condition", "attribute_mapping", "oidc", "aws"];

function recordOf(after: Values): ProviderRecord {
  const [oidc] = listOf(own(after, "oidc")).map(asValues);
  const [aws] = listOf(own(after, "aws")).map(asValues);
  const condition = textOr(own(after, "attribute_condition"));
  const keys = oidc === undefined ? "" : textOr(own(oidc, "jwks_json"));
  const issuer = textOr(own(oidc ?? {}, "issuer_uri"));
  return {
    name: "",
    active: true,
    issuer: aws === undefined ? (issuer === "" ? null : issuer) : `aws:${textOr(own(aws, "account_id"))}`,
    condition: condition === "" ? null : condition,
    mapping: Object.fromEntries(
      Object.entries(asValues(own(after, "attribute_mapping"))).map(([name, value]) => [name, textOr(value)]),
    ),
    audiences: listOf(own(oidc ?? {}, "allowed_audiences")).map((each) => textOr(each)),
    jwks: keys === "" ? null : jwksDigest(keys),
  };
}
