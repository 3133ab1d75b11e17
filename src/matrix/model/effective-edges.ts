import type { Instant } from "../../time/instant.ts";
import type { Edge, World } from "./world.ts";

/** An edge that is declared and has no effect. */
export interface IdleEdge {
  readonly edge: Edge;
  readonly why: "expired" | "retired";
}

/** The edges of a world that hold at a moment, and those that do not: an expired edge, or one with a retired side. */
export function effectiveEdges(
  world: World,
  asOf: Instant,
): { readonly holding: readonly Edge[]; readonly idle: readonly IdleEdge[] } {
  const holding: Edge[] = [];
  const idle: IdleEdge[] = [];
  for (const edge of world.edges) {
    const { end } = edge.clause;
    if (end !== undefined && asOf >= end) idle.push({ edge, why: "expired" });
    else if (isRetired(world, edge.caller) || isRetired(world, edge.callee)) idle.push({ edge, why: "retired" });
    else holding.push(edge);
  }
  return { holding, idle };
}

function isRetired({ services }: World, name: string): boolean {
  const stage = services.get(name)?.stage;
  return stage === "retiring" || stage === "gone";
}
