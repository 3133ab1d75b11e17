import { INTERNET, type Matches, selectorMatcher } from "../../matrix/model/match-selector.ts";
import type { Matrix } from "../../matrix/model/matrix.ts";
import type { World } from "../../matrix/model/world.ts";
import type { GuardrailRule, Selector } from "../../matrix/schema/generated/document.ts";
import type { ChangeKind } from "../change-kind.ts";
import type { DiffContext, Judged, Sides } from "./diff-context.ts";

/** A name that was meant by a rule, or by `sensitive`, and is not any more. */
export interface LostCoverage {
  /** The rule of the matrix; null for `sensitive`. */
  readonly rule: string | null;
  readonly environment: string;
  /** As the later version has it. */
  readonly name: string;
}

/** What can take one name out of a selector, and what can take any. */
const ofOneName: ReadonlySet<ChangeKind> = new Set([
  "labels-changed",
  "owner-changed",
  "service-kind-changed",
  "identity-changed",
  "service-renamed",
  "caller-renamed",
]);
const ofAny: ReadonlySet<ChangeKind> = new Set(["rule-changed", "sensitive-changed", "set-changed", "set-removed"]);

/** Every name of both versions that a rule which stands, or `sensitive`, took in before and does not after. */
export function lostCoverage(context: DiffContext, facts: readonly Judged[]): readonly LostCoverage[] {
  const named = new Set(facts.flatMap(({ kind, subject }) => (ofOneName.has(kind) && subject !== null ? subject : [])));
  const isAny = facts.some(({ kind }) => ofAny.has(kind));
  if (named.size === 0 && !isAny) return [];
  const { before, after } = context.pair;
  const rules = new Map(after.rules.map(({ key, value }) => [key, value]));
  const lost: LostCoverage[] = [];
  for (const sides of context.sides) {
    const names = [...namesOf(sides.after.world)].filter((name) => isAny || named.has(name));
    for (const { key, value } of before.rules) {
      const now = rules.get(key);
      if (now === undefined || !holdsIn(value, sides) || !holdsIn(now, sides)) continue;
      lost.push(...lostOf(context, sides, names, key, [selectorsOf(value), selectorsOf(now)]));
    }
    if (before.sensitive !== undefined)
      lost.push(...lostOf(context, sides, names, null, [[before.sensitive], [after.sensitive ?? NOBODY]]));
  }
  return lost;
}

/** A selector that means no name. */
const NOBODY: Selector = [];

function lostOf(
  context: DiffContext,
  { environment, before, after }: Sides,
  names: readonly string[],
  rule: string | null,
  [then, now]: readonly [readonly Selector[], readonly Selector[]],
): readonly LostCoverage[] {
  const [was, is] = [matchersOf(then, before.matrix, before.world), matchersOf(now, after.matrix, after.world)];
  return names
    .filter((name) => {
      const earlier = context.earlier(name);
      if (before.find(earlier) === undefined && name !== INTERNET) return false;
      return was.some((matches, at) => matches(earlier) && is[at]?.(name) !== true);
    })
    .map((name) => ({ rule, environment, name }));
}

function matchersOf(selectors: readonly Selector[], { expand }: Matrix, world: World | undefined): readonly Matches[] {
  return selectors.map((selector) => (world === undefined ? () => false : selectorMatcher(selector, world, expand)));
}

function holdsIn({ environments }: GuardrailRule, { environment }: Sides): boolean {
  return environments?.includes(environment) !== false;
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
