import { outsideOf } from "../../callers/caller-of.ts";
import type { Draft } from "../../finding/draft.ts";
import type { Matrix } from "../model/matrix.ts";
import type { Caller } from "../model/world.ts";
import { briefText } from "../../words/brief.ts";
import { groupBy } from "../../words/group-by.ts";
import { identityPlace } from "./account-place.ts";

/** A caller through a provider that was there before: all that is granted names is its pool and its subject. */
interface Guest {
  readonly environment: string;
  readonly caller: Caller;
  readonly pool: string;
  readonly provider: string;
  readonly issuer: string;
  readonly subject: string;
}

/**
 * Pools that are there already, through which callers of several issuers come, known by their subjects: a member of a
 * policy names pool and subject and no provider, so each issuer can make tokens with the subjects of the others. Google
 * knows no environments, so those of all of them count.
 */
export function* sharedPools({ worlds }: Matrix): Iterable<Draft> {
  const guests = worlds.flatMap(({ environment, callers }) =>
    [...callers.values()].flatMap((caller) => guestOf(caller, environment.name)),
  );
  for (const pool of groupBy(guests, ({ caller, pool: id }) => `${caller.home?.id} ${id}`).values()) {
    const pairs = (key: (guest: Guest) => string): readonly Pair[] =>
      [...groupBy(pool, key).values()].flatMap((group) => differing(group));
    const sameSubject = pairs(({ subject }) => subject);
    const sameProvider = pairs(({ provider }) => provider).filter(([one, two]) => one.subject !== two.subject);
    for (const pair of sameSubject) yield* becoming(pair);
    for (const pair of sameProvider) yield* twoIssuers(pair);
    if (sameSubject.length + sameProvider.length === 0) for (const pair of differing(pool)) yield* beside(pair);
  }
}

function guestOf(caller: Caller, environment: string): readonly Guest[] {
  const outside = outsideOf(caller);
  if (outside?.kind !== "pooled" || outside.trust.type !== "oidc" || outside.match.by !== "subject") return [];
  const { pool, provider } = outside.pool.existing ?? {};
  return pool === undefined || provider === undefined
    ? []
    : [{ environment, caller, pool, provider, issuer: outside.trust.issuer, subject: outside.match.value }];
}

type Pair = readonly [Guest, Guest];

/** The first of some, with the first beside it that is of another issuer; of one issuer equal subjects are one workload. */
function differing([first, ...others]: readonly Guest[]): readonly Pair[] {
  const other = others.find(({ issuer }) => issuer !== first?.issuer);
  return first === undefined || other === undefined ? [] : [[first, other]];
}

const KEEP_APART = "leave provider out, so that each gets a provider and an attribute of its own in that pool";

function* becoming(pair: Pair): Iterable<Draft> {
  const [one, two] = namesOf(pair);
  const [first, other] = pair;
  yield* draftsOf(pair, {
    severity: "error",
    message: `${one} and ${two} come from two issuers to the pool ${first.pool}, and both are its subject ${briefText(first.subject)}: ${briefText(other.issuer)} can act as ${emailOf(first)}, and ${briefText(first.issuer)} as ${emailOf(other)}`,
    help: KEEP_APART,
  });
}

function* beside(pair: Pair): Iterable<Draft> {
  const [one, two] = namesOf(pair);
  yield* draftsOf(pair, {
    message: `${one} and ${two} come from two issuers to the pool ${pair[0].pool}, and are known in it by their subjects alone: whoever makes tokens for one can make those of the other`,
    help: KEEP_APART,
  });
}

function emailOf({ caller }: Guest): string {
  return caller.account?.email ?? caller.key;
}

/** It has one; the other caller either gets in nowhere, or is not whom the matrix says. */
function* twoIssuers(pair: Pair): Iterable<Draft> {
  const [one, two] = namesOf(pair);
  const [first, other] = pair;
  yield* draftsOf(pair, {
    severity: "error",
    message: `${one} and ${two} come from ${briefText(first.issuer)} and ${briefText(other.issuer)} through the provider ${first.provider} of the pool ${first.pool}, and a provider has one issuer`,
    help: "correct the issuer, or name the provider that has it",
  });
}

function namesOf([first, other]: Pair): readonly [string, string] {
  const of = ({ caller, environment }: Guest): string =>
    first.environment === other.environment ? caller.key : `${caller.key} in ${environment}`;
  return [of(first), of(other)];
}

/** In both environments, so that whoever looks at one of them sees it. */
function* draftsOf(pair: Pair, said: Pick<Draft, "help" | "message" | "severity">): Iterable<Draft> {
  const [first, other] = pair;
  const callers = [...new Set([first.caller.key, other.caller.key])];
  for (const environment of new Set([first.environment, other.environment])) {
    yield {
      ...said,
      at: identityPlace(other.caller, other.environment),
      related: [{ message: `this is ${namesOf(pair)[0]}`, at: identityPlace(first.caller, first.environment) }],
      environment,
      callers,
      together: true,
    };
  }
}
