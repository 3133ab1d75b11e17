import { publicServices } from "../matrix/model/call-graph.ts";
import { INTERNET } from "../matrix/model/match-selector.ts";
import { principalIn } from "../matrix/model/principal-of.ts";
import type { Edge, World } from "../matrix/model/world.ts";

/** An edge with what Google Cloud knows its two sides by. */
export interface IdentifiedEdge {
  readonly edge: Edge;
  /** Environment, principal, kind, project and Cloud Run id of the callee, and the way. Keys of the matrix are not in it. */
  readonly identity: string;
}

/**
 * The edges of one environment that hold; with `all`, those that have expired or are retired as well. A key is only a
 * name: whoever swaps the account behind it, or the service, has made another access.
 */
export function identifiedEdges(world: World, all = false): readonly IdentifiedEdge[] {
  return (all ? world.edges : world.holding).map((edge) => ({
    edge,
    identity: identityOf(
      world,
      principalIn(world, edge.caller) ?? edge.caller,
      edge.callee,
      edge.clause.through ?? "direct",
    ),
  }));
}

/** What stands for it that everybody may call a service, by the key of the service. */
export function publicIdentities(world: World): ReadonlyMap<string, string> {
  return new Map(publicServices(world).map((callee) => [callee, identityOf(world, INTERNET, callee, "direct")]));
}

/** An edge as it is written, with its identity: the key says by which sets it is about the two. */
export function writtenAs({ edge, identity }: IdentifiedEdge): string {
  // The key stands second in the path of every clause: under `trust`.
  return `${String(edge.clause.place.path[1])} ${identity}`;
}

/** All edges of one environment as they are written: those that hold, or all. */
export function writtenEdges(world: World, all: boolean): ReadonlySet<string> {
  return new Set(identifiedEdges(world, all).map(writtenAs));
}

/** In a region more, a service is still the one that it was. */
function identityOf({ environment, services }: World, principal: string, callee: string, way: string): string {
  const service = services.get(callee);
  return JSON.stringify([
    environment.name,
    principal,
    service?.kind ?? null,
    service?.project.id ?? null,
    service?.name ?? callee,
    way,
  ]);
}
