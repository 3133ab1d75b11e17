import type { Draft } from "../../finding/draft.ts";
import { nodesOf } from "../model/call-graph.ts";
import { holdsIn } from "../model/holds-in.ts";
import { selectorMatcher } from "../model/match-selector.ts";
import type { Declared, Matrix } from "../model/matrix.ts";
import type { World } from "../model/world.ts";
import type { GuardrailRule, Selector, SelectorConditions } from "../schema/generated/document.ts";
import type { DataPath } from "../text/parsed-file.ts";
import { keyAt, valueAt } from "../text/place.ts";
import type { Rule } from "./rule.ts";

/** A selector of a rule, and where it stands. */
interface Part {
  readonly side: "from" | "to";
  readonly selector: Selector;
  readonly path: DataPath;
}

/** A guard that guards nothing is worse than none: it is believed. Exceptions are judged where findings are. */
export const matchesNothing: Rule = {
  id: "matches-nothing",
  severity: "warning",
  summary: "a rule or an exception that matches nothing",
  stopsSynth: false,
  *check(matrix) {
    const owners = new Set(
      matrix.worlds.flatMap(({ services, callers }) =>
        [...services.values(), ...callers.values()].map(({ owner }) => owner),
      ),
    );
    for (const rule of matrix.rules) {
      const worlds = matrix.worlds.filter(({ environment: { name } }) => holdsIn(rule.value, name));
      for (const part of partsOf(rule)) {
        const idle = [...idleOwners(rule, part, owners)];
        yield* idle;
        const empty = idle.length > 0 ? undefined : whatFits(matrix, worlds, part);
        if (empty === undefined) continue;
        yield {
          message: `the rule ${rule.key} matches nothing: ${part.side} fits ${empty}`,
          help: "correct the selector, or delete the rule",
          at: keyAt(rule.place.file, ...part.path),
        } satisfies Draft;
      }
    }
  },
};

function partsOf({ value: { never, require }, place: { path } }: Declared<GuardrailRule>): readonly Part[] {
  const [from, to] = [never?.from ?? require?.edges.from, never?.to ?? require?.edges.to];
  const base = never === undefined ? [...path, "require", "edges"] : [...path, "never"];
  return [
    ...(from === undefined ? [] : [{ side: "from" as const, selector: from, path: [...base, "from"] }]),
    ...(to === undefined ? [] : [{ side: "to" as const, selector: to, path: [...base, "to"] }]),
  ];
}

/** Why a selector never fits; undefined where it does. Judged by names, not edges: a guard may stand before its first edge. */
function whatFits({ expand }: Matrix, worlds: readonly World[], { side, selector }: Part): string | undefined {
  const fits = (names: (world: World) => Iterable<string>): boolean =>
    worlds.some((world) => [...names(world)].some(selectorMatcher(selector, world, expand)));
  // No environment that it is for: missing-placement or unknown-name says so.
  if (worlds.length === 0) return undefined;
  if (side === "from") return fits(nodesOf) ? undefined : "no service or caller";
  if (fits(({ services }) => services.keys())) return undefined;
  return fits(({ callers }) => callers.keys()) ? "only callers, which nobody calls" : "no service";
}

/** Owners that a selector names and nobody has: under not or any, the selector still fits something, and not what was meant. */
function* idleOwners(
  rule: Declared<GuardrailRule>,
  { selector, path }: Part,
  owners: ReadonlySet<string | undefined>,
): Iterable<Draft> {
  for (const { owner, at } of ownersIn(selector, path)) {
    if (owners.has(owner)) continue;
    yield {
      message: `the rule ${rule.key} names the owner ${owner}, who owns no service or caller`,
      help: "correct the owner, or delete it here",
      at: valueAt(rule.place.file, ...at),
    };
  }
}

function ownersIn(selector: Selector, path: DataPath): readonly { readonly owner: string; readonly at: DataPath }[] {
  if (typeof selector === "string" || Array.isArray(selector)) return [];
  const { owner, not, any = [], all = [] } = selector as SelectorConditions;
  const own =
    owner === undefined || typeof owner === "string"
      ? [owner].flatMap((each) => (each === undefined ? [] : { owner: each, at: [...path, "owner"] }))
      : owner.map((each, index) => ({ owner: each, at: [...path, "owner", index] }));
  return [
    ...own,
    ...(not === undefined ? [] : ownersIn(not, [...path, "not"])),
    ...any.flatMap((each, index) => ownersIn(each, [...path, "any", index])),
    ...all.flatMap((each, index) => ownersIn(each, [...path, "all", index])),
  ];
}
