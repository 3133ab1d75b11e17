import { brokenPaths } from "../matrix/model/broken-paths.ts";
import { holdsIn } from "../matrix/model/holds-in.ts";
import { INTERNET, type Matches, selectorMatcher } from "../matrix/model/match-selector.ts";
import { nodesOf } from "../matrix/model/call-graph.ts";
import type { Matrix } from "../matrix/model/matrix.ts";
import type { World } from "../matrix/model/world.ts";
import type { GuardrailRule, NeverRule, Selector } from "../matrix/schema/generated/document.ts";
import { resolverOf, selectorJson } from "./facts/resolve-selector.ts";
import { type Earlier, type Guise, guisesOf } from "./guises.ts";
import { compareChanges, type NeverChange, subjectOf } from "./never-delta.ts";
import { laterName, type MatrixPair, type WorldPair } from "./matrix-pair.ts";
import { RealThings } from "./real-things.ts";

/**
 * What a `never` rule as it was forbids in the later matrix, and the later matrix does not forbid: because the rule is gone or
 * relaxed, or because the labels, owners and sets that it goes by are changed, or because what it meant has another name. In
 * order of rule, environment, path.
 */
export function liftedPaths(pair: MatrixPair): readonly NeverChange[] {
  if (!pair.before.rules.some(({ value }) => value.never !== undefined)) return [];
  const lifting = { pair, earlier: { matrix: pair.before, things: new RealThings((pair.everywhere ?? pair).before) } };
  return pair.worlds
    .flatMap((worlds) => {
      if (worlds.after === undefined) return [];
      const guises = laterGuises(worlds, lifting);
      return pair.before.rules.flatMap(({ key, value }) =>
        value.never === undefined ? [] : liftedIn(lifting, worlds, guises, { key, value, never: value.never }),
      );
    })
    .sort(compareChanges);
}

interface Lifting {
  readonly pair: MatrixPair;
  readonly earlier: Earlier;
}

/** A rule as it was. */
interface Rule {
  readonly key: string;
  readonly value: GuardrailRule;
  readonly never: NeverRule;
}

/** What each name of one version in an environment was in the earlier one. */
type Guises = ReadonlyMap<string, readonly Guise[]>;

function liftedIn(lifting: Lifting, worlds: WorldPair, guises: Guises, rule: Rule): readonly NeverChange[] {
  const { pair } = lifting;
  const { environment, after } = worlds;
  if (after === undefined) return [];
  const { never, key } = rule;
  const forbidden = brokenPaths(pair.after, after, key, asBefore(lifting, after, guises, rule));
  if (forbidden.length === 0) return [];
  const now = pair.after.rules.find((each) => each.key === key)?.value;
  const stillForbidden = new Map(
    pathsOf(pair.after, after, key, now).map((path) => [subjectOf(never.reach, path), path.length]),
  );
  const lifted = forbidden.filter((path) => {
    const length = stillForbidden.get(subjectOf(never.reach, path));
    return length === undefined || length > path.length;
  });
  if (lifted.length === 0) return [];
  const stood = sharedBefore(lifting, worlds, rule);
  return lifted
    .filter((path) => !stood.has(lastStepOf(path)))
    .map((path) => ({ rule: key, environment, path, state: "lifted" as const, by: null }));
}

function lastStepOf(path: readonly string[]): string {
  return `${path.slice(-2).join(" ")} ${path.length}`;
}

/** What a rule of a version forbids in an environment of it. */
function pathsOf(
  matrix: Matrix,
  world: World,
  key: string,
  rule: GuardrailRule | undefined,
): readonly (readonly string[])[] {
  return rule?.never === undefined || !holdsIn(rule, world.environment.name)
    ? []
    : brokenPaths(matrix, world, key, rule.never);
}

/** The rule as it was, with its ends as names: of whoever it meant, whatever they are called now. */
function asBefore({ pair, earlier }: Lifting, after: World, guises: Guises, { value, never }: Rule): NeverRule {
  const resolve = resolverOf(pair, "before");
  const holdsHere = holdsIn(value, after.environment.name);
  const endOf = (selector: Selector): readonly string[] => {
    const wasMeant = guiseMatcher(selector, value, earlier.matrix);
    // Who is new is judged by what is said of it. A selector that is resolved is a selector.
    const isMeant = selectorMatcher(selectorJson(selector, resolve) as Selector, after, pair.after.expand);
    return nodesOf(after).filter((name) => {
      const all = guises.get(name) ?? [];
      const isNew = !all.some(({ by }) => by === "name");
      return all.some(wasMeant) || (isNew && holdsHere && isMeant(name));
    });
  };
  return {
    ...never,
    from: endOf(never.from),
    to: endOf(never.to),
    ...(never.unless === undefined ? {} : { unless: { via: resolve(never.unless.via) } }),
  };
}

/** Whether a rule as it was meant something. */
function guiseMatcher(selector: Selector, rule: GuardrailRule, matrix: Matrix): (guise: Guise) => boolean {
  const byWorld = new Map<World, Matches>();
  return ({ world, key }) => {
    if (!holdsIn(rule, world.environment.name)) return false;
    const matches = byWorld.get(world) ?? selectorMatcher(selector, world, matrix.expand);
    byWorld.set(world, matches);
    return matches(key);
  };
}

/**
 * What stood before by two names for one thing, of which the rule meant only one: the change is not in that. By last step and
 * length, in later names.
 */
function sharedBefore({ pair, earlier }: Lifting, { before }: WorldPair, rule: Rule): ReadonlySet<string> {
  if (before === undefined) return new Set();
  const guises = new Map(
    [...before.services.values(), ...before.callers.values()].map((name) => [
      name.key,
      guisesOf(name, { world: before, name }, earlier),
    ]),
  );
  const endOf = (selector: Selector): readonly string[] => {
    const isMeant = guiseMatcher(selector, rule.value, earlier.matrix);
    return nodesOf(before).filter((name) => (guises.get(name) ?? everywhere(earlier.matrix)).some(isMeant));
  };
  const never = { ...rule.never, from: endOf(rule.never.from), to: endOf(rule.never.to) };
  const later = (path: readonly string[]): string => lastStepOf(path.map((name) => laterName(pair, name)));
  const forbidden = new Set(pathsOf(earlier.matrix, before, rule.key, rule.value).map(later));
  const carried = brokenPaths(earlier.matrix, before, rule.key, never).map(later);
  return new Set(carried.filter((step) => !forbidden.has(step)));
}

function laterGuises({ before, after }: WorldPair, { pair, earlier }: Lifting): Guises {
  const guises = new Map<string, readonly Guise[]>([[INTERNET, everywhere(earlier.matrix)]]);
  const then = new Map(
    [...(before?.services.values() ?? []), ...(before?.callers.values() ?? [])].map((name) => [
      laterName(pair, name.key),
      name,
    ]),
  );
  for (const name of [...(after?.services.values() ?? []), ...(after?.callers.values() ?? [])]) {
    const own = then.get(name.key);
    guises.set(
      name.key,
      guisesOf(name, own === undefined || before === undefined ? undefined : { world: before, name: own }, earlier),
    );
  }
  return guises;
}

/** The internet is the same in every environment. */
function everywhere({ worlds }: Matrix): readonly Guise[] {
  return worlds.map((world) => ({ world, key: INTERNET, by: "name" }));
}
