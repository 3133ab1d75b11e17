import type { Draft } from "../../finding/draft.ts";
import { enumerateWords } from "../../words/enumerate-words.ts";
import { selectorMatcher } from "../model/match-selector.ts";
import type { Matrix } from "../model/matrix.ts";
import type { Edge, World } from "../model/world.ts";
import type { RequireRule } from "../schema/generated/document.ts";
import { oneLine } from "../../words/brief.ts";
import type { Rule } from "./rule.ts";

/** What the matrix's own `require` rules want of edges. */
export const requireFields: Rule = {
  id: "require",
  severity: "error",
  summary: "an edge that lacks what a `require` rule of the matrix wants",
  stopsSynth: true,
  *check(matrix) {
    for (const rule of matrix.rules) {
      const { reason, severity = "error", environments } = rule.value;
      if (rule.value.require === undefined) continue;
      const { fields } = rule.value.require;
      for (const world of matrix.worlds) {
        const environment = world.environment.name;
        if (environments !== undefined && !environments.includes(environment)) continue;
        for (const { caller, callee, clause } of requiredEdges(matrix, world, rule.value.require)) {
          const missing = fields.filter((field) => clause[field] === undefined);
          if (missing.length === 0) continue;
          yield {
            message: `the rule ${rule.key} wants ${enumerateWords(missing, "and")} on ${caller} -> ${callee} (${oneLine(reason)})`,
            help: `add ${enumerateWords(missing, "and")} to the edge`,
            at: clause.place,
            related: [{ message: "the rule stands here", at: rule.place }],
            environment,
            severity,
            guardrail: rule.key,
            service: callee,
            caller,
          } satisfies Draft;
        }
      }
    }
  },
};

/** The edges that hold and that a require rule is about. */
export function requiredEdges(matrix: Matrix, world: World, { edges: { from, to } }: RequireRule): readonly Edge[] {
  const isFrom = from === undefined ? () => true : selectorMatcher(from, world, matrix.expand);
  const isTo = to === undefined ? () => true : selectorMatcher(to, world, matrix.expand);
  return world.holding.filter(({ caller, callee }) => isFrom(caller) && isTo(callee));
}
