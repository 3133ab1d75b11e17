import type { Adjacency } from "../../graph/adjacency.ts";
import { INTERNET } from "./match-selector.ts";
import type { Edge, World } from "./world.ts";

/** Who calls whom, by edges alone. */
export function callGraph(edges: readonly Pick<Edge, "callee" | "caller">[]): Adjacency {
  const graph = new Map<string, string[]>();
  for (const { caller, callee } of edges) {
    const callees = graph.get(caller);
    if (callees === undefined) graph.set(caller, [callee]);
    else if (callees.at(-1) !== callee) callees.push(callee);
  }
  return graph;
}

/** The services that the internet may call: those that are public and still run. */
export function publicServices({ services }: World): readonly string[] {
  return [...services.values()]
    .filter((service) => service.public !== undefined && (service.stage === "live" || service.stage === "planned"))
    .map(({ key }) => key);
}

/** Every name of a world that can be on a path: services, callers and the internet. */
export function nodesOf({ services, callers }: World): readonly string[] {
  return [INTERNET, ...callers.keys(), ...services.keys()];
}
