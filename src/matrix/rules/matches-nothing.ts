import type { Draft } from "../../finding/draft.ts";
import { nodesOf } from "../model/call-graph.ts";
import { selectorMatcher } from "../model/match-selector.ts";
import type { Matrix } from "../model/matrix.ts";
import type { GuardrailRule, Selector } from "../schema/generated/document.ts";
import { requiredEdges } from "./require.ts";
import type { Rule } from "./rule.ts";

/** A guard that guards nothing is worse than none: it is believed. Exceptions are judged where findings are. */
export const matchesNothing: Rule = {
  id: "matches-nothing",
  severity: "warning",
  summary: "a rule or an exception that matches nothing",
  stopsSynth: false,
  *check(matrix) {
    for (const { key, value, place } of matrix.rules) {
      const empty = emptyPart(matrix, value);
      if (empty === undefined) continue;
      yield {
        message: `the rule ${key} matches nothing: ${empty}`,
        help: "correct its selectors, or delete it",
        at: place,
      } satisfies Draft;
    }
  },
};

function emptyPart(matrix: Matrix, { never, require, environments }: GuardrailRule): string | undefined {
  const worlds = matrix.worlds.filter(
    ({ environment }) => environments === undefined || environments.includes(environment.name),
  );
  const matchesSomething = (selector: Selector): boolean =>
    worlds.some((world) => nodesOf(world).some(selectorMatcher(selector, world, matrix.expand)));
  if (never !== undefined) {
    if (!matchesSomething(never.from)) return "from fits no service or caller";
    return matchesSomething(never.to) ? undefined : "to fits no service";
  }
  if (require === undefined) return undefined;
  return worlds.some((world) => requiredEdges(matrix, world, require).length > 0) ? undefined : "its edges fit no edge";
}
