import type { Draft } from "../../finding/draft.ts";
import { brokenPaths } from "../model/broken-paths.ts";
import { keyAt, type Place } from "../text/place.ts";
import { INTERNET } from "../model/match-selector.ts";
import type { Matrix } from "../model/matrix.ts";
import type { World } from "../model/world.ts";
import { fieldPlace } from "./each-service.ts";
import type { Rule } from "./rule.ts";

/** What the matrix's own `never` rules forbid. */
export const never: Rule = {
  id: "never",
  severity: "error",
  summary: "a connection that a `never` rule of the matrix forbids",
  stopsSynth: true,
  *check(matrix) {
    for (const rule of matrix.rules) {
      const { reason, severity = "error", environments } = rule.value;
      if (rule.value.never === undefined) continue;
      for (const world of matrix.worlds) {
        const environment = world.environment.name;
        if (environments !== undefined && !environments.includes(environment)) continue;
        for (const path of brokenPaths(matrix, world, rule.key, rule.value.never)) {
          const [caller = "", callee = ""] = path.slice(-2);
          yield {
            message: `the rule ${rule.key} forbids ${path.join(" -> ")} (${reason})`,
            help: "take an edge out, or have an exception approved",
            at: placeOfStep(matrix, world, caller, callee),
            related: [{ message: "the rule stands here", at: rule.place }],
            environment,
            severity,
            service: callee,
            caller,
          } satisfies Draft;
        }
      }
    }
  },
};

function placeOfStep(matrix: Matrix, world: World, caller: string, callee: string): Place {
  const service = world.services.get(callee);
  if (caller === INTERNET && service !== undefined) return fieldPlace(service, world.environment.name, "public");
  const edge = world.edges.find((each) => each.caller === caller && each.callee === callee);
  return edge?.clause.place ?? keyAt(matrix.root, "trust");
}
