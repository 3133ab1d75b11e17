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
  const drafts = pools.flatMap((pool) => judgeIn(pool, { id, change, context }) ?? []);
  const [draft] = drafts;
  if (draft === undefined) return;
  const callers = [...new Set(pools.flatMap((pool) => pool.callers))].sort();
  yield {
    change,
    environments: [...new Set(pools.flatMap(({ environments }) => environments))].sort(),
    names: callers,
    already: action === "no-op",
    ...(isSure ? draft : unknown(change, `where it puts the provider ${nameOf(id)}`, callers)),
  };
}

function judgeIn(
  pool: DeclaredPool,
  {
    id,
    change,
    context,
  }: { readonly id: string | undefined; readonly change: PlanChange; readonly context: GuardContext },
): Judged | undefined {
  if (id === undefined) return unknown(change, `which provider of the pool ${pool.id} it makes`, pool.callers);
  const planned = pool.providers.get(id);
  if (planned === undefined) return added(id, pool);
  return planned.origin === "named" ? named(planned, change, pool) : made(planned, change, pool, context);
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

type Judged = Pick<GuardDraft, "certainty" | "fix" | "message" | "rule">;

/** @param what what decides who is let in, and is known after apply only */
function unknown({ address }: PlanChange, what: string, callers: readonly string[]): Judged {
  return {
    rule: "plan-unknown-grant",
    certainty: "unknown",
    message: `may let somebody become ${enumerateWords(callers, "or")}: ${what} is known after apply only`,
    fix: `write ${address} so that the plan knows its values; or apply what it refers to first`,
  };
}

function added(id: string, known: DeclaredPool): Judged {
  return {
    rule: "plan-impersonates",
    message: `puts the provider ${id} into the pool ${known.id}: whoever it lets in can become ${whoOf(known)}`,
    fix: "take it out, or put it into a pool of its own",
  };
}

/** A provider that somebody else makes: what it admits is theirs to say, and that it changes is told. */
function named(planned: Provider, change: PlanChange, known: DeclaredPool): Judged | undefined {
  const { after = {}, before } = change;
  const isUnknown = (argument: string): boolean => isMarked(change.afterUnknown, argument);
  if (textOr(own(after, "attribute_condition")) === "" && !isUnknown("attribute_condition"))
    return {
      rule: "plan-impersonates",
      message: `takes the condition of the provider ${planned.id} away, which the matrix names: it lets in everybody of its issuer as ${whoOf(known)}`,
      fix: "keep its condition, or leave provider out of the matrix, so that one is made",
    };
  const isSame = (argument: string): boolean =>
    canonicalJson(own(before ?? {}, argument) ?? null) === canonicalJson(own(after, argument) ?? null);
  const differing = arguments_.filter((argument) => isUnknown(argument) || !isSame(argument));
  if (before !== undefined && differing.every(isUnknown))
    return differing.length === 0 ? undefined : unknown(change, partOf(planned, known), known.callers);
  return {
    rule: "plan-impersonates",
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
  const differences = providerDifferences(planned, recordOf(change, planned), declared.outsiders.keysOf);
  if (differences.length === 0)
    return arguments_.some((argument) => isMarked(change.afterUnknown, argument))
      ? unknown(change, partOf(planned, known), known.callers)
      : undefined;
  // Values that the plan marks as sensitive stay out of the sentence.
  const isHidden = Object.keys(asValues(change.afterSensitive)).length > 0;
  const said = isHidden ? ["is not, as far as the plan says, the one of the matrix"] : differences;
  return {
    rule: "plan-impersonates",
    message: `the provider ${planned.id} of the pool ${known.id} ${enumerateWords(said, "and")}: it decides who becomes ${whoOf(known)}`,
    fix: "apply what matrix synth writes",
  };
}

function partOf({ id }: Provider, pool: DeclaredPool): string {
  return `a part of the provider ${id} of the pool ${pool.id}`;
}

function nameOf(id: string | undefined): string {
  return id ?? "of a name that nobody knows yet";
}

function whoOf({ callers }: DeclaredPool): string {
  return enumerateWords(callers, "or");
}

const arguments_ = ["attribute_condition", "attribute_mapping", "oidc", "aws"];

/** What it will be; of what is known after apply only, what the matrix has, so that the rest is compared. */
function recordOf({ after = {}, afterUnknown }: PlanChange, { condition, mapping, trust }: Provider): ProviderRecord {
  const [oidc] = listOf(own(after, "oidc")).map(asValues);
  const [aws] = listOf(own(after, "aws")).map(asValues);
  const isUnknown = (argument: string): boolean => isMarked(afterUnknown, argument);
  const later = (block: string, argument: string): boolean => {
    const marks = own(asValues(afterUnknown), block);
    return marks === true || listOf(marks).some((each) => isMarked(each, argument));
  };
  const issuer = textOr(own(oidc ?? {}, "issuer_uri"));
  const keys = textOr(own(oidc ?? {}, "jwks_json"));
  const isIssuerLater = later("oidc", "issuer_uri") || later("aws", "account_id");
  const said = aws === undefined ? issuer || null : `aws:${textOr(own(aws, "account_id"))}`;
  return {
    name: "",
    active: true,
    issuer: isIssuerLater ? (trust.type === "aws" ? `aws:${trust.account}` : trust.issuer) : said,
    condition: isUnknown("attribute_condition") ? condition : textOr(own(after, "attribute_condition")) || null,
    ...(marksAll(afterUnknown, "attribute_mapping")
      ? {}
      : { mapping: mappingOf(after, own(asValues(afterUnknown), "attribute_mapping"), mapping) }),
    ...(later("oidc", "allowed_audiences")
      ? {}
      : { audiences: listOf(own(oidc ?? {}, "allowed_audiences")).map((each) => textOr(each)) }),
    ...(later("oidc", "jwks_json") ? {} : { jwks: keys === "" ? null : jwksDigest(keys) }),
  };
}

function mappingOf(after: Values, marks: unknown, planned: Provider["mapping"]): Readonly<Record<string, string>> {
  const known = Object.entries(asValues(own(after, "attribute_mapping"))).map(
    ([name, value]) => [name, textOr(value)] as const,
  );
  const later = Object.keys(asValues(marks)).flatMap((name) => {
    const wanted = planned.get(name);
    return isMarked(marks, name) && wanted !== undefined ? [[name, wanted] as const] : [];
  });
  return Object.fromEntries([...known.filter(([name]) => !isMarked(marks, name)), ...later]);
}

function marksAll(marks: unknown, argument: string): boolean {
  return marks === true || own(asValues(marks), argument) === true;
}
