import type { Adjacency } from "../../graph/adjacency.ts";
import { findDominators } from "../../graph/dominators.ts";
import type { NeverRule } from "../schema/generated/document.ts";
import { callGraph, nodesOf, publicServices } from "./call-graph.ts";
import { exceptionMatcher, isInForce } from "./match-exception.ts";
import { INTERNET, selectorMatcher } from "./match-selector.ts";
import type { Matrix } from "./matrix.ts";
import type { Edge, World } from "./world.ts";

/** A step from caller to callee. */
type Step = Pick<Edge, "caller" | "callee">;

/**
 * The paths that break a never rule in one environment, each as its nodes: with `reach: direct` every forbidden step,
 * with `reach: transitive` the shortest path into each target. Steps that an exception in force names are taken out
 * before. `graph` is who calls whom: by default what is declared. A path whose last step comes from a name under `via` is allowed; one that goes on from there is not.
 */
export function brokenPaths(
  matrix: Matrix,
  world: World,
  ruleName: string,
  rule: NeverRule,
  graph: readonly Step[] = declaredSteps(world),
): readonly (readonly string[])[] {
  return pathsOf(forbiddenBy(matrix, world, ruleName, rule, graph));
}

/** Every step that ends a path that breaks a never rule, of each target all of them. */
export function brokenSteps(matrix: Matrix, world: World, ruleName: string, rule: NeverRule): readonly Step[] {
  const { steps, sources, isForbidden } = forbiddenBy(matrix, world, ruleName, rule, declaredSteps(world));
  if (rule.reach !== "transitive") return steps.filter((step) => sources.has(step.caller) && isForbidden(step));
  const graph = callGraph(steps);
  const reached = new Set(search(graph, [...sources], 1).map(({ node }) => node));
  // What is reached only through a target does not lead into it from elsewhere.
  const dominates = findDominators(graph, [...sources]);
  return steps.filter((step) => {
    const { caller, callee } = step;
    return reached.has(caller) && isForbidden(step) && !dominates(callee, caller);
  });
}

/** As brokenPaths, of those paths that end in one of some steps: the shortest of them into each target. */
export function brokenPathsBy(
  matrix: Matrix,
  world: World,
  ruleName: string,
  rule: NeverRule,
  isAsked: (last: Step) => boolean,
): readonly (readonly string[])[] {
  const forbidden = forbiddenBy(matrix, world, ruleName, rule, declaredSteps(world));
  return pathsOf({ ...forbidden, isForbidden: (step) => isAsked(step) && forbidden.isForbidden(step) });
}

/** A never rule in one environment. */
interface Forbidden {
  readonly rule: NeverRule;
  /** Who calls whom, without the steps that exceptions name. */
  readonly steps: readonly Step[];
  readonly sources: ReadonlySet<string>;
  /** Whether a step ends a path that the rule forbids, wherever it comes from. */
  readonly isForbidden: (last: Step) => boolean;
}

function forbiddenBy(
  matrix: Matrix,
  world: World,
  ruleName: string,
  rule: NeverRule,
  graph: readonly Step[],
): Forbidden {
  const isTo = selectorMatcher(rule.to, world, matrix.expand);
  const via = new Set((rule.unless?.via ?? []).flatMap((name) => matrix.expand(name)));
  const excepted = matrix.exceptions
    .filter(({ value }) => value.rule === ruleName && isInForce(value, matrix))
    .map(({ value }) => exceptionMatcher(value, matrix));
  const environment = world.environment.name;
  return {
    rule,
    steps: graph.filter(
      ({ caller, callee }) => !excepted.some((matches) => matches({ service: callee, caller, environment })),
    ),
    sources: new Set(nodesOf(world).filter(selectorMatcher(rule.from, world, matrix.expand))),
    isForbidden: ({ caller, callee }) => isTo(callee) && !via.has(caller),
  };
}

function pathsOf({ rule, steps, sources, isForbidden }: Forbidden): readonly (readonly string[])[] {
  return rule.reach === "transitive"
    ? transitivePaths(steps, [...sources], isForbidden)
    : steps
        .filter((step) => sources.has(step.caller) && isForbidden(step))
        .map(({ caller, callee }) => [caller, callee]);
}

/** The edges that hold, and a step from the internet to each public service. */
export function declaredSteps(world: World): readonly Step[] {
  return [...publicServices(world).map((callee) => ({ caller: INTERNET, callee })), ...world.holding];
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
  const inCircles = new Set<string>();
  for (const visit of search(graph, sources, 2)) {
    for (const next of graph.get(visit.node) ?? []) {
      if (next === visit.source || paths.has(next) || !isForbidden({ caller: visit.node, callee: next })) continue;
      const path = [...nodesUpTo(visit), next];
      if (path.indexOf(next) < path.length - 1) inCircles.add(next);
      else paths.set(next, path);
    }
  }
  // What a target reaches by itself says nothing of who reaches it: such a one is looked for with itself left out.
  for (const target of inCircles) {
    const others = sources.filter((source) => source !== target);
    const without = new Map([...graph].filter(([node]) => node !== target));
    const last = search(without, others, 1).find(
      ({ node }) => graph.get(node)?.includes(target) === true && isForbidden({ caller: node, callee: target }),
    );
    if (last === undefined) paths.delete(target);
    else paths.set(target, [...nodesUpTo(last), target]);
  }
  return [...paths.keys()].sort().map((target) => paths.get(target) as readonly string[]);
}

/** Every node that the sources reach, nearest first, each from at most so many of them. */
function search(graph: Adjacency, sources: readonly string[], fromAtMost: number): readonly Visit[] {
  const reachedFrom = new Map<string, readonly string[]>(sources.map((source) => [source, [source]]));
  const visits = sources.map((source): Visit => ({ node: source, source, before: undefined }));
  for (let at = 0; at < visits.length; at++) {
    const visit = visits[at] as Visit;
    for (const next of graph.get(visit.node) ?? []) {
      const known = reachedFrom.get(next) ?? [];
      if (known.length >= fromAtMost || known.includes(visit.source)) continue;
      reachedFrom.set(next, [...known, visit.source]);
      visits.push({ node: next, source: visit.source, before: visit });
    }
  }
  return visits;
}

function nodesUpTo(visit: Visit): readonly string[] {
  const nodes: string[] = [];
  for (let at: Visit | undefined = visit; at !== undefined; at = at.before) nodes.push(at.node);
  return nodes.reverse();
}
