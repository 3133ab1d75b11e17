import type { NeverRule } from "../schema/generated/document.ts";
import { callGraph, nodesOf, publicServices } from "./call-graph.ts";
import { effectiveEdges } from "./effective-edges.ts";
import { exceptionMatcher, isInForce } from "./match-exception.ts";
import { INTERNET, selectorMatcher } from "./match-selector.ts";
import type { Matrix } from "./matrix.ts";
import type { Edge, World } from "./world.ts";

/** A step from caller to callee. */
type Step = Pick<Edge, "caller" | "callee">;

/**
 * The paths that break a never rule in one environment, each as its nodes: with `reach: direct` every forbidden step,
 * with `reach: transitive` the shortest path into each target. Steps that an exception in force names are taken out
 * before. A path whose last step comes from a name under `via` is allowed; one that goes on from there is not.
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
  const excepted = matrix.exceptions
    .filter(({ value }) => value.rule === ruleName && isInForce(value, matrix))
    .map(({ value }) => exceptionMatcher(value, matrix));
  const environment = world.environment.name;
  const steps = stepsOf(world, matrix).filter(
    ({ caller, callee }) => !excepted.some((matches) => matches({ service: callee, caller, environment })),
  );
  const isForbidden = ({ caller, callee }: Step): boolean => isTo(callee) && !via.has(caller);
  return rule.reach === "transitive"
    ? transitivePaths(steps, nodesOf(world).filter(isFrom), isForbidden)
    : steps.filter((step) => isFrom(step.caller) && isForbidden(step)).map(({ caller, callee }) => [caller, callee]);
}

/** The edges that hold, and a step from the internet to each public service. */
function stepsOf(world: World, { asOf }: Matrix): readonly Step[] {
  return [
    ...publicServices(world).map((callee) => ({ caller: INTERNET, callee })),
    ...effectiveEdges(world, asOf).holding,
  ];
}

/** A node as it was reached from a source. */
interface Visit {
  readonly node: string;
  readonly source: string;
  readonly before: Visit | undefined;
}

/**
 * For each node into which a forbidden step leads, the shortest path from a source other than itself. One search from
 * all sources: each node is visited from the two nearest, so that one that is a source itself does not hide another.
 */
function transitivePaths(
  steps: readonly Step[],
  sources: readonly string[],
  isForbidden: (last: Step) => boolean,
): readonly (readonly string[])[] {
  const graph = callGraph(steps);
  const paths = new Map<string, readonly string[]>();
  const reachedFrom = new Map<string, readonly string[]>(sources.map((source) => [source, [source]]));
  const queue = sources.map((source): Visit => ({ node: source, source, before: undefined }));
  for (let at = 0; at < queue.length; at++) {
    const visit = queue[at] as Visit;
    const { node, source } = visit;
    for (const next of graph.get(node) ?? []) {
      if (next !== source && !paths.has(next) && isForbidden({ caller: node, callee: next })) {
        paths.set(next, [...nodesUpTo(visit), next]);
      }
      const known = reachedFrom.get(next) ?? [];
      if (known.length >= 2 || known.includes(source)) continue;
      reachedFrom.set(next, [...known, source]);
      queue.push({ node: next, source, before: visit });
    }
  }
  return [...paths.keys()].sort().map((target) => paths.get(target) as readonly string[]);
}

function nodesUpTo(visit: Visit): readonly string[] {
  const nodes: string[] = [];
  for (let at: Visit | undefined = visit; at !== undefined; at = at.before) nodes.push(at.node);
  return nodes.reverse();
}
