import type { Edge, Service, World } from "../matrix/model/world.ts";
import type { EdgeState, EnforcedEdge, Enforcement } from "./statement.ts";

/** Which edges the platform holds people to, and which are only written down. */
export function enforcementOf(world: World): Enforcement {
  const idle = new Map(world.idle.map(({ edge, why }) => [edge, why]));
  const edges = world.edges.map((edge): EnforcedEdge => {
    const service = world.services.get(edge.callee);
    const { reason, ticket, expires, reviewed } = edge.clause;
    return {
      caller: edge.caller,
      callee: edge.callee,
      owner: service?.owner ?? null,
      reason: reason ?? null,
      ticket: ticket ?? null,
      expires: expires ?? null,
      reviewed: reviewed ?? null,
      state: idle.get(edge) ?? stateOf(edge, service, world),
    };
  });
  const counts: Record<EdgeState, number> = {
    enforced: 0,
    added: 0,
    observed: 0,
    public: 0,
    planned: 0,
    expired: 0,
    retired: 0,
  };
  for (const { state } of edges) counts[state] += 1;
  return {
    edges,
    public: [...world.services.values()].flatMap(({ key, public: open }) =>
      open === undefined ? [] : [{ service: key, via: open.via, reason: open.reason ?? null }],
    ),
    counts,
  };
}

const byMode = { enforce: "enforced", add: "added", observe: "observed" } as const;

function stateOf(edge: Edge, service: Service | undefined, world: World): EdgeState {
  if (service === undefined) return "observed";
  if (service.stage === "retiring" || service.stage === "gone") return "retired";
  if (service.stage === "planned" || world.services.get(edge.caller)?.stage === "planned") return "planned";
  return service.public === undefined ? byMode[service.mode] : "public";
}
