import { brokenPaths } from "../matrix/model/broken-paths.ts";
import type { Caller, Service, World } from "../matrix/model/world.ts";
import type { NeverRule, Selector } from "../matrix/schema/generated/document.ts";
import { resolverOf, selectorJson } from "./facts/resolve-selector.ts";
import { compareChanges, type NeverChange } from "./never-delta.ts";
import { laterName, type MatrixPair, type WorldPair } from "./matrix-pair.ts";

/**
 * What a `never` rule as it was forbids in the later matrix, and the later matrix does not forbid: because the rule is gone or
 * relaxed, or because the labels, owners and sets that it goes by are changed. In order of rule, environment, path.
 */
export function liftedPaths(pair: MatrixPair): readonly NeverChange[] {
  return pair.before.rules
    .flatMap(({ key, value: { never, environments } }) =>
      never === undefined
        ? []
        : pair.worlds
            .filter(({ environment }) => environments?.includes(environment) !== false)
            .flatMap((worlds) => liftedIn(pair, worlds, key, never)),
    )
    .sort(compareChanges);
}

function liftedIn(pair: MatrixPair, worlds: WorldPair, rule: string, never: NeverRule): readonly NeverChange[] {
  const forbidden = forbiddenAsBefore(pair, worlds, rule, never);
  if (forbidden.length === 0 || worlds.after === undefined) return [];
  const now = pair.after.rules.find(({ key }) => key === rule)?.value;
  const isThere = now?.environments?.includes(worlds.environment) !== false;
  const subjectOf = (path: readonly string[]): string =>
    never.reach === "transitive" ? (path.at(-1) ?? "") : path.join(" ");
  const broken = now?.never === undefined || !isThere ? [] : brokenPaths(pair.after, worlds.after, rule, now.never);
  const stillForbidden = new Set(broken.map(subjectOf));
  return forbidden
    .filter((path) => !stillForbidden.has(subjectOf(path)))
    .map((path) => ({ rule, environment: worlds.environment, path, state: "lifted" as const, by: null }));
}

/**
 * The paths of the later version that a `never` rule as it was forbids, with the labels and owners that names had: what a
 * change could slip through by relaxing or removing the rule, or by what the rule knows names by. In later names.
 */
function forbiddenAsBefore(
  pair: MatrixPair,
  { before, after }: WorldPair,
  rule: string,
  never: NeverRule,
): readonly (readonly string[])[] {
  if (before === undefined || after === undefined) return [];
  const resolve = resolverOf(pair, "before");
  // A selector that is resolved is a selector: names for sets, and everything else as it was.
  const later = (selector: Selector): Selector => selectorJson(selector, resolve) as Selector;
  return brokenPaths(pair.after, withEarlierLooks(pair, before, after), rule, {
    ...never,
    from: later(never.from),
    to: later(never.to),
    ...(never.unless === undefined ? {} : { unless: { via: resolve(never.unless.via) } }),
  });
}

/** The later world, in which whoever was there before has the labels and the owner of then. */
function withEarlierLooks(pair: MatrixPair, before: World, after: World): World {
  const then = new Map(
    [...before.services, ...before.callers].map(([key, name]) => [laterName(pair, key), name] as const),
  );
  const restore = <T extends Service | Caller>(names: ReadonlyMap<string, T>): ReadonlyMap<string, T> =>
    new Map(
      [...names].map(([key, name]) => {
        const earlier = then.get(key);
        return [key, earlier === undefined ? name : { ...name, labels: earlier.labels, owner: earlier.owner }];
      }),
    );
  return { ...after, services: restore(after.services), callers: restore(after.callers) };
}
