import { findCycles } from "../../graph/find-cycles.ts";
import type { Draft } from "../../finding/draft.ts";
import { callGraph } from "../model/call-graph.ts";
import { briefList, briefPath } from "../../words/brief.ts";
import { edgePlaces } from "./edge-places.ts";
import type { Rule } from "./rule.ts";

/** Not wrong, but whoever takes one of them reaches them all. */
export const callCycle: Rule = {
  id: "call-cycle",
  severity: "info",
  summary: "services that call each other in a circle",
  stopsSynth: false,
  *check({ worlds }) {
    for (const world of worlds) {
      const { holding } = world;
      const placeOf = edgePlaces(() => holding);
      for (const cycle of findCycles(callGraph(holding))) {
        const [caller = "", callee = ""] = cycle;
        const at = placeOf(caller, callee);
        if (at === undefined) continue;
        yield {
          message: `${briefList(cycle)} call each other: ${briefPath([...cycle, caller])}`,
          help: "check that each needs the next; whoever takes over one of them may call all",
          at,
          environment: world.environment.name,
          services: cycle,
          caller,
        } satisfies Draft;
      }
    }
  },
};
