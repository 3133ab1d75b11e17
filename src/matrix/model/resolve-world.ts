import { compareText } from "../../words/compare-text.ts";
import type { Instant } from "../../time/instant.ts";
import { effectiveEdges } from "./effective-edges.ts";
import type { Environment } from "./environment.ts";
import type { Expand } from "./expand-sets.ts";
import type { DeclaredEdge } from "./matrix.ts";
import type { Caller, Edge, Service, World } from "./world.ts";

/** Ten times what 10,000 services with ten callers each need; a row holds 1,500 at most. */
const MAX_EDGES = 1_000_000;

/** What the matrix declares for one environment, from what it declares at all. */
export function resolveWorld(
  environment: Environment,
  services: readonly Service[],
  callers: readonly Caller[],
  edges: readonly DeclaredEdge[],
  expand: Expand,
  asOf: Instant,
): World {
  const { name } = environment;
  const serviceByKey = new Map(
    services
      .filter((service) => isIn(service.declared.value.environments, name))
      .map((service) => [service.key, service]),
  );
  const callerByKey = new Map(
    callers.filter((caller) => isIn(caller.declared.value.environments, name)).map((caller) => [caller.key, caller]),
  );
  const isCaller = (key: string): boolean => serviceByKey.has(key) || callerByKey.has(key);
  const resolved: Edge[] = [];
  let overflow: DeclaredEdge | undefined;
  for (const edge of edges) {
    if (edge.caller === undefined || edge.callee === undefined) continue;
    const clauses = edge.clauses.filter((clause) => isIn(clause.environments, name));
    if (clauses.length === 0) continue;
    const from = expand(edge.caller).filter(isCaller);
    const to = expand(edge.callee);
    if (resolved.length + from.length * to.length * clauses.length > MAX_EDGES) {
      overflow = edge;
      break;
    }
    for (const callee of to) {
      if (!serviceByKey.has(callee)) continue;
      for (const caller of from) {
        // A set on both sides does not make its members call themselves.
        if (caller === callee) continue;
        for (const clause of clauses) resolved.push({ caller, callee, clause });
      }
    }
  }
  resolved.sort((a, b) => compareText(a.callee, b.callee) || compareText(a.caller, b.caller));
  return {
    environment,
    services: serviceByKey,
    callers: callerByKey,
    edges: resolved,
    overflow,
    ...effectiveEdges(resolved, serviceByKey, asOf),
  };
}

function isIn(environments: readonly string[] | undefined, name: string): boolean {
  return environments === undefined || environments.includes(name);
}
