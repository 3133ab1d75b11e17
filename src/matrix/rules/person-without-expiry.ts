import type { Draft } from "../../finding/draft.ts";
import { callerKinds } from "../model/resolve-caller.ts";
import type { Rule } from "./rule.ts";

/** People change teams; somebody has to look again. */
export const personWithoutExpiry: Rule = {
  id: "person-without-expiry",
  severity: "error",
  summary: "an edge from a person or a group without `expires` or `reviewed`",
  stopsSynth: false,
  *check({ worlds }) {
    for (const { environment, callers, edges } of worlds) {
      for (const { caller, callee, clause } of edges) {
        const kind = callers.get(caller)?.kind;
        if (
          kind === undefined ||
          callerKinds[kind] !== "people" ||
          clause.expires !== undefined ||
          clause.reviewed !== undefined
        )
          continue;
        yield {
          message: `${caller} is a ${kind === "user" ? "person" : "group"}, and nobody has to look at this edge again`,
          help: "add expires, or reviewed with the date on which somebody looked",
          at: clause.place,
          environment: environment.name,
          service: callee,
          caller,
        } satisfies Draft;
      }
    }
  },
};
