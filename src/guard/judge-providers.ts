import { providerDifferences } from "../drift/provider-differences.ts";
import { jwksDigest } from "../snapshot/jwks-digest.ts";
import type { ProviderRecord } from "../snapshot/snapshot.ts";
import { enumerateWords } from "../words/enumerate-words.ts";
import type { DeclaredPool } from "./declared-outsiders.ts";
import { type GuardContext, projectWhereabouts } from "./guard-context.ts";
import type { GuardDraft } from "./guard-draft.ts";
import { asValues, listOf, own, type PlanChange, textOr, type Values } from "./plan.ts";

const PROVIDER = "google_iam_workload_identity_pool_provider";

/**
 * What a plan does to the providers of pools that declared callers come through: grants name a pool, so that whoever a
 * provider of it lets in can become one of them.
 */
export function* judgeProvider(change: PlanChange, context: GuardContext): Iterable<GuardDraft> {
  const { after, action } = change;
  if (change.type !== PROVIDER || change.isData || after === undefined || action === "forget") return;
  const { declared, resolver } = context;
  const [project, pool, id] = ["project", "workload_identity_pool_id", "workload_identity_pool_provider_id"].map(
    (argument) => resolver.attribute(change, argument, 0).text,
  );
  const where = projectWhereabouts(project, declared);
  if (where.kind !== "inside" || pool === undefined) return;
  const name = pool.split("/").at(-1) ?? "";
  const known = declared.outsiders.poolOf(where.project, name);
  // One that is off lets nobody in.
  if (known === undefined || own(after, "disabled") === true) return;
  const planned = id === undefined ? undefined : known.providers.get(id);
  const who = enumerateWords(known.callers, "or");
  if (planned === undefined || planned.origin === "named") {
    if (planned !== undefined && textOr(own(after, "attribute_condition")) !== "") return;
    yield {
      ...about(change, known),
      already: action === "no-op",
      message:
        planned === undefined
          ? `puts the provider ${id ?? "of a name that is not known yet"} into the pool ${name}: whoever it lets in can become ${who}`
          : `takes the condition of the provider ${id} away, which the matrix names: it lets in everybody of its issuer as ${who}`,
      fix: `take ${change.address} out, or put it into a pool of its own`,
    };
    return;
  }
  const differences = providerDifferences(planned, recordOf(after), declared.outsiders.keysOf);
  const isUnknown = arguments_.filter((argument) => own(asValues(change.afterUnknown), argument) === true);
  if (differences.length === 0 && isUnknown.length === 0) return;
  // Values that the plan marks as sensitive stay out of the sentence.
  const isHidden = Object.keys(asValues(change.afterSensitive)).length > 0;
  const said =
    isUnknown.length > 0 || isHidden ? ["is not, as far as the plan says, the one of the matrix"] : differences;
  yield {
    ...about(change, known),
    ...(isUnknown.length > 0 ? { certainty: "possible" as const } : {}),
    already: action === "no-op",
    message: `the provider ${id} of the pool ${name} ${enumerateWords(said, "and")}: it decides who becomes ${who}`,
    fix: "apply what matrix synth writes",
  };
}

const arguments_ = ["attribute_condition", "attribute_mapping", "oidc", "aws"];

function about(change: PlanChange, { environments, callers }: DeclaredPool) {
  return { rule: "plan-impersonates" as const, change, environments, names: callers };
}

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
