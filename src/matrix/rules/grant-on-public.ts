import type { Draft } from "../../finding/draft.ts";
import type { Edge, Service } from "../model/world.ts";
import { clauseCallers } from "./clause-callers.ts";
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
      const findPublic = ({ callee }: Edge): Service["public"] => services.get(callee)?.public;
      for (const { clause, callee, callers, written } of clauseCallers(world, findPublic, () => "public")) {
        const tell = (from: readonly string[]): Pick<Draft, "message" | "help"> => ({
          message: `everybody may call ${callee}, so this edge from ${nameAll(from, written)} has no effect`,
          help: `delete the edge, or close ${callee} by deleting its public`,
        });
        yield {
          ...tell(callers),
          at: clause.place,
          environment: environment.name,
          service: callee,
          callers,
          tell,
        } satisfies Draft;
      }
    }
  },
};

function nameAll(callers: readonly string[], written: string): string {
  return callers.length === 1 ? callers.join("") : `${written} (${callers.length} callers)`;
}
