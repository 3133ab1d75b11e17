import type { DeclaredName, Matrix } from "../matrix/model/matrix.ts";
import { canonicalJson } from "../words/canonical-json.ts";
import { compareText } from "../words/compare-text.ts";
import { groupBy } from "../words/group-by.ts";
import { callerJson } from "./facts/describe-caller.ts";
import type { MatrixPair, WorldPair } from "./matrix-pair.ts";

/** Two versions of a matrix with what belongs together matched: environments by name, services and callers also through renames. */
export function pairMatrices(before: Matrix, after: Matrix): MatrixPair {
  const worlds = pairWorlds(before, after);
  const gone = [...before.names.values()].filter(({ key }) => !after.names.has(key));
  const fresh = [...after.names.values()].filter(({ key }) => !before.names.has(key));
  const renames = new Map([...renamedServices(gone, fresh), ...renamedCallers(gone, fresh, worlds)]);
  return { before, after, renames, worlds };
}

/** The environments of either version, in order of name. */
export function pairWorlds(before: Matrix, after: Matrix): readonly WorldPair[] {
  const [old, now] = [before, after].map(
    ({ worlds }) => new Map(worlds.map((world) => [world.environment.name, world])),
  );
  const names = new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])]);
  return [...names]
    .sort(compareText)
    .map((environment) => ({ environment, before: old?.get(environment), after: now?.get(environment) }));
}

/**
 * A service that says what it was called, on the way there or on the way back. Where several say so, the first former
 * name counts: Cloud Run name and account id are those of the first.
 */
function renamedServices(
  gone: readonly DeclaredName[],
  fresh: readonly DeclaredName[],
): readonly (readonly [string, string])[] {
  const [old, now] = [gone, fresh].map((names) => new Map(names.map((name) => [name.key, formerNames(name)])));
  if (old === undefined || now === undefined) return [];
  const claims = [
    ...claimsOf(now, old).map(({ by, former, rank }) => ({ pair: [former, by] as const, rank })),
    ...claimsOf(old, now).map(({ by, former, rank }) => ({ pair: [by, former] as const, rank })),
  ];
  // The same in both directions, so that the way back undoes the way there.
  const sorted = claims.sort(
    (a, b) => a.rank - b.rank || compareText([...a.pair].sort().join(" "), [...b.pair].sort().join(" ")),
  );
  const taken = new Set<string>();
  return sorted.flatMap(({ pair }) => {
    if (pair.some((name) => taken.has(name))) return [];
    for (const name of pair) taken.add(name);
    return [pair];
  });
}

type FormerNames = ReadonlyMap<string, readonly string[] | undefined>;

function claimsOf(
  claimants: FormerNames,
  others: FormerNames,
): readonly { readonly by: string; readonly former: string; readonly rank: number }[] {
  return [...claimants].flatMap(([by, names]) =>
    (names ?? []).flatMap((former, rank) => (others.get(former) === undefined ? [] : [{ by, former, rank }])),
  );
}

/** Undefined of what is no service. */
function formerNames(name: DeclaredName): readonly string[] | undefined {
  return name.section === "services" ? (name.value.formerNames ?? []) : undefined;
}

/** A caller of which nothing but the key differs, wherever both versions have the environment, and no other caller is like it. */
function renamedCallers(
  gone: readonly DeclaredName[],
  fresh: readonly DeclaredName[],
  worlds: readonly WorldPair[],
): readonly (readonly [string, string])[] {
  const common = worlds.filter(({ before, after }) => before !== undefined && after !== undefined);
  const byLooks = (names: readonly DeclaredName[], side: "before" | "after") =>
    groupBy(
      names.filter(({ section }) => section === "callers"),
      ({ key }) => looksOf(key, side, common),
    );
  const [old, now] = [byLooks(gone, "before"), byLooks(fresh, "after")];
  return [...old].flatMap(([looks, [first, ...others]]) => {
    const [successor, ...rivals] = now.get(looks) ?? [];
    if (first === undefined || successor === undefined || others.length + rivals.length > 0) return [];
    return [[first.key, successor.key] as const];
  });
}

/** Other keys make a caller another one, not another name. */
const sameKeys: ReadonlyMap<string, string> = new Map();

/** All that a caller is, but for its key. Undefined where it is nowhere. */
function looksOf(key: string, side: "before" | "after", worlds: readonly WorldPair[]): string | undefined {
  const looks = worlds.flatMap((world) => {
    const caller = world[side]?.callers.get(key);
    return caller === undefined
      ? []
      : [[world.environment, caller.principal, callerJson(caller, world[side]?.environment, sameKeys)]];
  });
  return looks.length === 0 ? undefined : canonicalJson(looks);
}
