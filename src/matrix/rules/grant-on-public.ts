import type { Draft } from "../../finding/draft.ts";
import type { Rule } from "./rule.ts";

/** Where everybody may call, a grant says nothing. */
export const grantOnPublic: Rule = {
  id: "grant-on-public",
  severity: "warning",
  summary: "an edge to a service that everybody may call",
  stopsSynth: false,
  *check({ worlds }) {
    for (const world of worlds) {
      const { environment, services } = world;
      for (const { caller, callee, clause } of world.holding) {
        if (services.get(callee)?.public === undefined) continue;
        yield {
          message: `everybody may call ${callee}, so this edge from ${caller} has no effect`,
          help: `delete the edge, or close ${callee} by deleting its public`,
          at: clause.place,
          environment: environment.name,
          service: callee,
          caller,
        } satisfies Draft;
      }
    }
  },
};
