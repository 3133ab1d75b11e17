import { type IndexedGraph, indexGraph } from "../../graph/indexed-graph.ts";
import { declaredSteps } from "../../matrix/model/broken-paths.ts";
import { nodesOf } from "../../matrix/model/call-graph.ts";
import { INTERNET, selectorMatcher } from "../../matrix/model/match-selector.ts";
import type { Matrix } from "../../matrix/model/matrix.ts";
import type { World } from "../../matrix/model/world.ts";
import { compareText } from "../../words/compare-text.ts";
import { resourcesOf } from "../real-things.ts";
import { laterName, type MatrixPair, type WorldPair } from "../matrix-pair.ts";

/** Who calls whom in one environment, before and after, over the same nodes. */
export interface IndexedWorlds {
  readonly environment: string;
  /** What each node is called in the later matrix, in order. */
  readonly names: readonly string[];
  readonly internet: number;
  /** 1 where a node is sensitive, in either version. */
  readonly isSensitive: Uint8Array;
  readonly before: IndexedGraph;
  readonly after: IndexedGraph;
}

/**
 * Numbers the services and callers of an environment, and the internet. Order of number is order of name.
 * @param sensitiveAt the Cloud Run resources that count as sensitive under whatever name
 */
export function indexWorlds(
  pair: MatrixPair,
  { environment, before, after }: WorldPair,
  sensitiveAt: ReadonlySet<string>,
): IndexedWorlds {
  const rename = (name: string): string => laterName(pair, name);
  const was = readWorld(pair.before, before, sensitiveAt, rename);
  const is = readWorld(pair.after, after, sensitiveAt, (name) => name);
  const names = [...new Set([INTERNET, ...was.names.values(), ...is.names.values()])].sort(compareText);
  const nodes = new Map(names.map((name, node) => [name, node]));
  return {
    environment,
    names,
    internet: names.indexOf(INTERNET),
    isSensitive: Uint8Array.from(names, (name) => (was.sensitive.has(name) || is.sensitive.has(name) ? 1 : 0)),
    before: graphOf(before, was.names, nodes),
    after: graphOf(after, is.names, nodes),
  };
}

interface ReadWorld {
  /** The name in the later matrix by the own one. */
  readonly names: ReadonlyMap<string, string>;
  /** By their names in the later matrix. */
  readonly sensitive: ReadonlySet<string>;
}

function readWorld(
  { sensitive, expand }: Matrix,
  world: World | undefined,
  sensitiveAt: ReadonlySet<string>,
  rename: (name: string) => string,
): ReadWorld {
  if (world === undefined) return { names: new Map(), sensitive: new Set() };
  const names = nodesOf(world);
  const isMeant = sensitive === undefined ? () => false : selectorMatcher(sensitive, world, expand);
  const isSensitive = (name: string): boolean => {
    const service = world.services.get(name);
    return isMeant(name) || (service !== undefined && resourcesOf(service).some((each) => sensitiveAt.has(each)));
  };
  return {
    names: new Map(names.map((name) => [name, rename(name)])),
    sensitive: new Set(names.filter(isSensitive).map(rename)),
  };
}

function graphOf(
  world: World | undefined,
  names: ReadonlyMap<string, string>,
  nodes: ReadonlyMap<string, number>,
): IndexedGraph {
  const nodeByName = new Map([...names].map(([own, later]) => [own, nodes.get(later)]));
  const nodeOf = (name: string): number => {
    const node = nodeByName.get(name);
    if (node === undefined) throw new Error("a step of somebody who is not in the environment");
    return node;
  };
  const steps = world === undefined ? [] : declaredSteps(world);
  const [tails, heads] = [new Int32Array(steps.length), new Int32Array(steps.length)];
  // Looking up names is most of the work; edges come by callee, so that half of it can be saved.
  let last = { name: "", node: 0 };
  for (const [index, { caller, callee }] of steps.entries()) {
    if (callee !== last.name) last = { name: callee, node: nodeOf(callee) };
    tails[index] = nodeOf(caller);
    heads[index] = last.node;
  }
  return indexGraph(nodes.size, { tails, heads });
}
