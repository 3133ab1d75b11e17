import type { Instant } from "../../time/instant.ts";
import type { Edge, IdleEdge, Service } from "./world.ts";

/** The edges that hold at a moment, and those that do not: an expired edge, or one with a retired side. */
export function effectiveEdges(
  edges: readonly Edge[],
  services: ReadonlyMap<string, Service>,
  asOf: Instant,
): { readonly holding: readonly Edge[]; readonly idle: readonly IdleEdge[] } {
  const isRetired = (name: string): boolean => {
    const stage = services.get(name)?.stage;
    return stage === "retiring" || stage === "gone";
  };
  const holding: Edge[] = [];
  const idle: IdleEdge[] = [];
  for (const edge of edges) {
    const { end } = edge.clause;
    if (end !== undefined && asOf >= end) idle.push({ edge, why: "expired" });
    else if (isRetired(edge.caller) || isRetired(edge.callee)) idle.push({ edge, why: "retired" });
    else holding.push(edge);
  }
  return { holding, idle };
}
