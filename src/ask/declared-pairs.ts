import type { Place } from "../matrix/text/place.ts";
import type { Span } from "../matrix/text/source-text.ts";
import type { Edge, World } from "../matrix/model/world.ts";
import type { EdgeFact } from "./grid.ts";

/** What the matrix says of one pair. */
export interface DeclaredPair {
  readonly edges: readonly EdgeFact[];
  /** How the edges that hold are to be used: each way needs a grant of its own. Empty where none holds. */
  readonly ways: ReadonlySet<"direct" | "iap">;
}

/** By callee, then by caller. */
export type DeclaredPairs = ReadonlyMap<string, ReadonlyMap<string, DeclaredPair>>;

/**
 * What the matrix says of each pair of one environment.
 * @param isAsked whether a callee is looked at
 */
export function declaredPairs(
  world: World,
  locate: (at: Place) => Span,
  isAsked: (callee: string) => boolean,
): DeclaredPairs {
  const idle = new Map(world.idle.map(({ edge, why }) => [edge, why]));
  const pairs = new Map<string, Map<string, { edges: EdgeFact[]; ways: Set<"direct" | "iap"> }>>();
  for (const edge of world.edges) {
    if (!isAsked(edge.callee)) continue;
    let callers = pairs.get(edge.callee);
    if (callers === undefined) pairs.set(edge.callee, (callers = new Map()));
    let pair = callers.get(edge.caller);
    if (pair === undefined) callers.set(edge.caller, (pair = { edges: [], ways: new Set() }));
    const holds = idle.get(edge) ?? "yes";
    pair.edges.push(edgeFact(edge, holds, world, locate));
    if (holds === "yes") pair.ways.add(edge.clause.through === "iap" ? "iap" : "direct");
  }
  return pairs;
}

/** One edge as a fact. */
export function edgeFact(
  { callee, clause }: Edge,
  holds: EdgeFact["holds"],
  { environment, services }: World,
  locate: (at: Place) => Span,
): EdgeFact {
  return {
    // The key stands second in the path of every clause: under `trust`.
    key: String(clause.place.path[1]),
    environment: environment.name,
    holds,
    reason: clause.reason ?? null,
    owner: services.get(callee)?.owner ?? null,
    ticket: clause.ticket ?? null,
    expires: clause.expires ?? null,
    reviewed: clause.reviewed ?? null,
    through: clause.through ?? null,
    span: locate(clause.place),
  };
}
