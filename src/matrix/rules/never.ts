import type { Draft } from "../../finding/draft.ts";
import { brokenPaths } from "../model/broken-paths.ts";
import { holdsIn } from "../model/holds-in.ts";
import { INTERNET } from "../model/match-selector.ts";
import type { Matrix } from "../model/matrix.ts";
import type { World } from "../model/world.ts";
import { keyAt, type Place } from "../text/place.ts";
import { briefPath, oneLine } from "../../words/brief.ts";
import { fieldPlace } from "./each-service.ts";
import { edgePlaces } from "./edge-places.ts";
import type { Rule } from "./rule.ts";

/** What the matrix's own `never` rules forbid. */
export const never: Rule = {
  id: "never",
  severity: "error",
  summary: "a connection that a `never` rule of the matrix forbids",
  stopsSynth: true,
  *check(matrix) {
    for (const world of matrix.worlds) {
      const environment = world.environment.name;
      const placeOf = stepPlaces(matrix, world);
      for (const rule of matrix.rules) {
        const { reason, severity = "error" } = rule.value;
        if (rule.value.never === undefined || !holdsIn(rule.value, environment)) continue;
        for (const path of brokenPaths(matrix, world, rule.key, rule.value.never)) {
          const [caller = "", callee = ""] = path.slice(-2);
          yield {
            message: `the rule ${rule.key} forbids ${briefPath(path)} (${oneLine(reason)})`,
            help: `${advise(path)}, or add an approved exception whose rule is ${rule.key}`,
            at: placeOf(caller, callee),
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

function advise(path: readonly string[]): string {
  if (path.length > 2) return "delete one of these edges";
  return path[0] === INTERNET ? `close ${path[1]} by deleting its public` : "delete this edge";
}

function stepPlaces(matrix: Matrix, world: World): (caller: string, callee: string) => Place {
  const placeOfEdge = edgePlaces(() => world.holding);
  return (caller, callee) => {
    const service = world.services.get(callee);
    return caller === INTERNET && service !== undefined
      ? fieldPlace(service, world.environment.name, "public")
      : (placeOfEdge(caller, callee) ?? keyAt(matrix.root, "trust"));
  };
}
