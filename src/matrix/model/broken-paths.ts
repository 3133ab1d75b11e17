import type { NeverRule } from "../schema/generated/document.ts";
import { callGraph, nodesOf, publicServices } from "./call-graph.ts";
import { effectiveEdges } from "./effective-edges.ts";
import { isInForce, matchesException } from "./match-exception.ts";
import { INTERNET, type Matches, selectorMatcher } from "./match-selector.ts";
import type { Matrix } from "./matrix.ts";
import type { Edge, World } from "./world.ts";

/** A step from caller to callee. */
type Step = Pick<Edge, "caller" | "callee">;

/**
 * The paths that break a never rule in one environment, each as its nodes: with `reach: direct` every forbidden step,
 * with `reach: transitive` the shortest path into each target. Steps that an exception in force names are taken out
 * before; steps into a target that come from a name under `via` are allowed.
 */
export function brokenPaths(
  matrix: Matrix,
  world: World,
  ruleName: string,
  rule: NeverRule,
): readonly (readonly string[])[] {
  const isFrom = selectorMatcher(rule.from, world, matrix.expand);
  const isTo = selectorMatcher(rule.to, world, matrix.expand);
  const via = new Set((rule.unless?.via ?? []).flatMap((name) => matrix.expand(name)));
  const exceptions = matrix.exceptions.filter(({ value }) => value.rule === ruleName && isInForce(value, matrix));
  const environment = world.environment.name;
  const isExcepted = ({ caller, callee }: Step): boolean =>
    exceptions.some(({ value }) => matchesException(value, { service: callee, caller, environment }, matrix));
  const steps = stepsOf(world, matrix).filter(
    (step) => !(isTo(step.callee) && via.has(step.caller)) && (exceptions.length === 0 || !isExcepted(step)),
  );
  return rule.reach === "transitive"
    ? transitivePaths(steps, nodesOf(world).filter(isFrom), isTo)
    : steps
        .filter(({ caller, callee }) => isFrom(caller) && isTo(callee))
        .map(({ caller, callee }) => [caller, callee]);
}

/** The edges that hold, and a step from the internet to each public service. */
function stepsOf(world: World, { asOf }: Matrix): readonly Step[] {
  return [
    ...publicServices(world).map((callee) => ({ caller: INTERNET, callee })),
    ...effectiveEdges(world, asOf).holding,
  ];
}

/** For each target that any source reaches, the shortest path. One search from all sources, however many targets there are. */
function transitivePaths(
  steps: readonly Step[],
  sources: readonly string[],
  isTarget: Matches,
): readonly (readonly string[])[] {
  const graph = callGraph(steps as readonly Edge[]);
  const paths = new Map<string, readonly string[]>();
  const search = (starts: readonly string[], wanted: Matches): void => {
    const pathTo = new Map<string, readonly string[]>(starts.map((start) => [start, [start]]));
    const queue = [...starts];
    for (let at = 0; at < queue.length; at++) {
      const node = queue[at] as string;
      const path = pathTo.get(node) as readonly string[];
      for (const next of graph.get(node) ?? []) {
        if (wanted(next) && !paths.has(next) && path[0] !== next) paths.set(next, [...path, next]);
        if (pathTo.has(next)) continue;
        pathTo.set(next, [...path, next]);
        queue.push(next);
      }
    }
  };
  search(sources, isTarget);
  // A target that is a source itself hides paths from other sources behind its own.
  for (const target of sources) {
    if (!isTarget(target) || paths.has(target)) continue;
    search(
      sources.filter((source) => source !== target),
      (name) => name === target,
    );
  }
  return [...paths.keys()].sort().map((target) => paths.get(target) as readonly string[]);
}
