import type { Draft } from "../../finding/draft.ts";
import { parseEnd } from "../../time/instant.ts";
import type { Matrix } from "../model/matrix.ts";
import { valueAt } from "../text/place.ts";
import type { Rule } from "./rule.ts";

/** A retired service calls nobody and is called by nobody. */
export const retiredSide: Rule = {
  id: "retired-side",
  severity: "warning",
  summary: "an edge from or to a retired service, or a retired service whose date has passed",
  stopsSynth: false,
  *check(matrix) {
    const { worlds } = matrix;
    yield* goneServices(matrix);
    for (const world of worlds) {
      for (const { edge, why } of world.idle) {
        if (why !== "retired") continue;
        const retired = [edge.caller, edge.callee].find(
          (name) => world.services.get(name)?.declared.value.retired !== undefined,
        );
        yield {
          message: `${retired ?? edge.callee} is retired, so the edge ${edge.caller} -> ${edge.callee} has no effect`,
          help: "delete the edge",
          at: edge.clause.place,
          environment: world.environment.name,
          service: edge.callee,
          caller: edge.caller,
        } satisfies Draft;
      }
    }
  },
};

/** Terraform holds nothing of it any more; what is left is the text. */
function* goneServices({ names, asOf }: Matrix): Iterable<Draft> {
  for (const { section, key, value, place } of names.values()) {
    if (section !== "services" || value.retired === undefined) continue;
    const end = parseEnd(value.retired);
    if (end === undefined || asOf < end) continue;
    yield {
      message: `${key} retired on ${value.retired}, and the date has passed`,
      help: "delete the service",
      at: valueAt(place.file, ...place.path, "retired"),
      severity: "info",
      service: key,
    };
  }
}
