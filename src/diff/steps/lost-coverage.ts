import { holdsIn } from "../../matrix/model/holds-in.ts";
import { INTERNET, type Matches, selectorMatcher } from "../../matrix/model/match-selector.ts";
import type { Matrix } from "../../matrix/model/matrix.ts";
import type { World } from "../../matrix/model/world.ts";
import type { GuardrailRule, Selector } from "../../matrix/schema/generated/document.ts";
import type { ChangeKind } from "../change-kind.ts";
import { type Guise, newGuisesOf } from "../guises.ts";
import type { DiffContext } from "./diff-context.ts";
import type { Judged, Sides } from "./sides.ts";

/** A name that was meant by a rule, or by `sensitive`, and is not any more. */
export interface LostCoverage {
  /** The rule of the matrix; null for `sensitive`. */
  readonly rule: string | null;
  readonly environment: string;
  /** As the later version has it. */
  readonly name: string;
  /** What was meant, where it is another name of the same Cloud Run resource or principal: `billing`, `billing in prod`. */
  readonly as: string | null;
}

/** What can take one name out of a selector, and what can take any. */
const ofOneName: ReadonlySet<ChangeKind> = new Set([
  "labels-changed",
  "owner-changed",
  "service-kind-changed",
  "identity-changed",
  "service-renamed",
  "caller-renamed",
  "service-added",
  "caller-added",
  "account-changed",
  "previous-account-added",
  "run-name-changed",
  "project-changed",
  "regions-changed",
]);
const ofAny: ReadonlySet<ChangeKind> = new Set([
  "rule-changed",
  "sensitive-changed",
  "set-changed",
  "set-removed",
  "environment-changed",
]);

/**
 * Every name that a rule which stands, or `sensitive`, took in before and does not after: by the same name, or by another one
 * of what it comes to stand for.
 */
export function lostCoverage(context: DiffContext, facts: readonly Judged[]): readonly LostCoverage[] {
  const named = new Set(facts.flatMap(({ kind, subject }) => (ofOneName.has(kind) && subject !== null ? subject : [])));
  const isAny = facts.some(({ kind }) => ofAny.has(kind));
  if (named.size === 0 && !isAny) return [];
  const { before, after } = context.pair;
  const rules = new Map(after.rules.map(({ key, value }) => [key, value]));
  const wasMeant = earlierMatcher(before);
  const lost: LostCoverage[] = [];
  for (const sides of context.sides) {
    const names = [...namesOf(sides.after.world)]
      .filter((name) => isAny || named.has(name))
      .map((name): Named => ({ name, guises: guisesIn(name, sides, context) }));
    for (const { key, value } of before.rules) {
      const now = rules.get(key);
      if (now === undefined || !holdsIn(now, sides.environment)) continue;
      const then = (guise: Guise): boolean => holdsIn(value, guise.world.environment.name);
      lost.push(...lostOf(sides, names, key, [selectorsOf(value), selectorsOf(now)], then, wasMeant));
    }
    if (before.sensitive !== undefined) {
      const selectors = [[before.sensitive], [after.sensitive ?? NOBODY]] as const;
      // Who runs as another does not hold what the other holds.
      lost.push(...lostOf(sides, names, null, selectors, ({ by }) => by !== "principal", wasMeant));
    }
  }
  return lost;
}

/** A selector that means no name. */
const NOBODY: Selector = [];

interface Named {
  /** As the later version has it. */
  readonly name: string;
  readonly guises: readonly Guise[];
}

function guisesIn(name: string, { before, after }: Sides, context: DiffContext): readonly Guise[] {
  const { world } = before;
  if (name === INTERNET) return world === undefined ? [] : [{ world, key: INTERNET, by: "name" }];
  const now = after.find(name);
  if (now === undefined) return [];
  const then = before.find(context.earlier(name));
  const own = world === undefined || then === undefined ? undefined : { world, name: then };
  return newGuisesOf(now, own, { matrix: context.pair.before, things: context.things.before });
}

type WasMeant = (selector: Selector, guise: Guise) => boolean;

function lostOf(
  { environment, after }: Sides,
  names: readonly Named[],
  rule: string | null,
  [then, now]: readonly [readonly Selector[], readonly Selector[]],
  counts: (guise: Guise) => boolean,
  wasMeant: WasMeant,
): readonly LostCoverage[] {
  const is = now.map((selector) => matcherOf(selector, after.matrix, after.world));
  return names.flatMap(({ name, guises }) => {
    const lostBy = guises.find(
      (guise) => counts(guise) && then.some((selector, at) => is[at]?.(name) !== true && wasMeant(selector, guise)),
    );
    if (lostBy === undefined) return [];
    const { name: there } = lostBy.world.environment;
    const as = there === environment ? lostBy.key : `${lostBy.key} in ${there}`;
    return [{ rule, environment, name, as: lostBy.by === "name" || lostBy.key === name ? null : as }];
  });
}

/** Each selector is made ready once for each environment. */
function earlierMatcher(matrix: Matrix): WasMeant {
  const known = new Map<Selector, Map<World, Matches>>();
  return (selector, { world, key }) => {
    const byWorld = known.get(selector) ?? new Map<World, Matches>();
    known.set(selector, byWorld);
    const matches = byWorld.get(world) ?? matcherOf(selector, matrix, world);
    byWorld.set(world, matches);
    return matches(key);
  };
}

function matcherOf(selector: Selector, { expand }: Matrix, world: World | undefined): Matches {
  return world === undefined ? () => false : selectorMatcher(selector, world, expand);
}

/** From and to; a rule that does not say means everybody. */
function selectorsOf({ never, require }: GuardrailRule): readonly Selector[] {
  const everybody: Selector = {};
  return never === undefined
    ? [require?.edges.from ?? everybody, require?.edges.to ?? everybody]
    : [never.from, never.to];
}

function* namesOf(world: World | undefined): Iterable<string> {
  if (world === undefined) return;
  yield INTERNET;
  yield* world.services.keys();
  yield* world.callers.keys();
}
