import { findCycles } from "../../graph/find-cycles.ts";
import type { Draft } from "../../finding/draft.ts";
import { callGraph } from "../model/call-graph.ts";
import type { Rule } from "./rule.ts";

/** Not wrong, but whoever takes one of them reaches them all. */
export const callCycle: Rule = {
  id: "call-cycle",
  severity: "info",
  summary: "services that call each other in a circle",
  stopsSynth: false,
  *check({ worlds }) {
    for (const world of worlds) {
      for (const cycle of findCycles(callGraph(world.edges))) {
        const [caller, callee] = cycle;
        const edge = world.edges.find((each) => each.caller === caller && each.callee === callee);
        if (edge === undefined) continue;
        yield {
          message: `these call each other in a circle: ${[...cycle, caller].join(" -> ")}`,
          help: "check that each needs the next; whoever takes one of them reaches all",
          at: edge.clause.place,
          environment: world.environment.name,
          service: edge.callee,
          caller: edge.caller,
        } satisfies Draft;
      }
    }
  },
};
