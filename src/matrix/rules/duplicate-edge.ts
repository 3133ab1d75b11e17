import type { Draft } from "../../finding/draft.ts";
import type { Edge } from "../model/world.ts";
import type { Rule } from "./rule.ts";

/** One reason per caller, callee and environment: the same pair twice leaves open which one holds. */
export const duplicateEdge: Rule = {
  id: "duplicate-edge",
  severity: "error",
  summary: "the same caller and callee twice in one environment",
  stopsSynth: true,
  *check({ worlds }) {
    for (const { environment, edges } of worlds) {
      let first: Edge | undefined;
      // Edges are in order of callee and caller, so the same pair stands side by side.
      for (const edge of edges) {
        if (first?.caller !== edge.caller || first.callee !== edge.callee) {
          first = edge;
          continue;
        }
        yield {
          message: `the edge ${edge.caller} -> ${edge.callee} is given twice`,
          help: "keep one of them, or give them different environments",
          at: edge.clause.place,
          related: [{ message: "the first stands here", at: first.clause.place }],
          environment: environment.name,
          service: edge.callee,
          caller: edge.caller,
        } satisfies Draft;
      }
    }
  },
};
