import type { Matrix } from "../../matrix/model/matrix.ts";
import { publicServices } from "../../matrix/model/call-graph.ts";
import { selectorMatcher } from "../../matrix/model/match-selector.ts";
import type { Caller, Edge, Service, World } from "../../matrix/model/world.ts";
import { compareText } from "../../words/compare-text.ts";
import { groupBy } from "../../words/group-by.ts";
import { resourcesOf } from "../real-things.ts";

/** One environment of one version, ready to be asked. Names are those of that version. Indexes are made when first asked for. */
export class WorldView {
  readonly matrix: Matrix;
  readonly world: World | undefined;
  readonly #sensitiveAt: () => ReadonlySet<string>;
  #calls: ReadonlyMap<string, readonly Edge[]> | undefined;
  #public: ReadonlySet<string> | undefined;
  #isSensitive: ((name: string) => boolean) | undefined;

  /** @param sensitiveAt the Cloud Run resources that count as sensitive under whatever name */
  constructor(matrix: Matrix, world: World | undefined, sensitiveAt: () => ReadonlySet<string>) {
    this.matrix = matrix;
    this.world = world;
    this.#sensitiveAt = sensitiveAt;
  }

  find(name: string): Caller | Service | undefined {
    return this.world?.services.get(name) ?? this.world?.callers.get(name);
  }

  service(name: string): Service | undefined {
    return this.world?.services.get(name);
  }

  /** The edge between two names, whether it holds or not. */
  edge(caller: string, callee: string): Edge | undefined {
    return findEdge(this.world?.edges ?? [], caller, callee);
  }

  holds(caller: string, callee: string): boolean {
    return findEdge(this.world?.holding ?? [], caller, callee) !== undefined;
  }

  /** Who may call a service by an edge that holds. */
  callers(callee: string): readonly string[] {
    const { holding = [] } = this.world ?? {};
    const callers: string[] = [];
    for (let at = firstOf(holding, callee, ""); holding[at]?.callee === callee; at++)
      callers.push(holding[at]?.caller ?? "");
    return callers;
  }

  hasCaller(callee: string): boolean {
    const { holding = [] } = this.world ?? {};
    return holding[firstOf(holding, callee, "")]?.callee === callee;
  }

  /** Whom a name may call by an edge that holds. */
  callees(caller: string): readonly string[] {
    this.#calls ??= groupBy(this.world?.holding ?? [], (edge) => edge.caller);
    return (this.#calls.get(caller) ?? []).map(({ callee }) => callee);
  }

  isPublic(name: string): boolean {
    this.#public ??= new Set(this.world === undefined ? [] : publicServices(this.world));
    return this.#public.has(name);
  }

  /** By `sensitive`, or because a name on its Cloud Run resource is or was, in any environment of either version. */
  isSensitive(name: string): boolean {
    const service = this.service(name);
    if (service !== undefined && resourcesOf(service).some((resource) => this.#sensitiveAt().has(resource)))
      return true;
    const { sensitive, expand } = this.matrix;
    if (sensitive === undefined || this.world === undefined) return false;
    this.#isSensitive ??= selectorMatcher(sensitive, this.world, expand);
    return this.#isSensitive(name);
  }
}

/** Edges are in order of callee, then caller. */
function findEdge(edges: readonly Edge[], caller: string, callee: string): Edge | undefined {
  const found = edges[firstOf(edges, callee, caller)];
  return found?.caller === caller && found.callee === callee ? found : undefined;
}

function firstOf(edges: readonly Edge[], callee: string, caller: string): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const edge = edges[middle];
    const order = edge === undefined ? 0 : compareText(edge.callee, callee) || compareText(edge.caller, caller);
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
