import type { Draft } from "../../finding/draft.ts";
import { effectiveEdges } from "../model/effective-edges.ts";
import type { Rule } from "./rule.ts";

/** A retired service calls nobody and is called by nobody. */
export const retiredSide: Rule = {
  id: "retired-side",
  severity: "warning",
  summary: "an edge from or to a retired service",
  stopsSynth: false,
  *check({ worlds, asOf }) {
    for (const world of worlds) {
      for (const { edge, why } of effectiveEdges(world, asOf).idle) {
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
