import type { Draft } from "../../finding/draft.ts";
import type { Edge, World } from "../model/world.ts";
import type { Rule } from "./rule.ts";

/** One reason per caller, callee and environment: the same pair twice leaves open which one holds. */
export const duplicateEdge: Rule = {
  id: "duplicate-edge",
  severity: "error",
  summary: "the same caller and callee twice in one environment",
  stopsSynth: true,
  *check({ worlds }) {
    for (const world of worlds) {
      for (const same of repeated(world)) {
        // An edge that names the pair can go; the set's edge is about others too.
        const kept = same.find((edge) => writtenSides(edge).isBySet) ?? same[0];
        if (kept === undefined) continue;
        for (const edge of same) {
          if (edge === kept) continue;
          yield {
            ...describe(edge, kept),
            at: edge.clause.place,
            related: [{ message: "the other stands here", at: kept.clause.place }],
            environment: world.environment.name,
            service: edge.callee,
            caller: edge.caller,
          } satisfies Draft;
        }
      }
    }
  },
};

/** Edges with the same caller and callee. They are in order of callee and caller, so they stand side by side. */
function* repeated({ edges }: World): Iterable<readonly Edge[]> {
  let same: Edge[] = [];
  for (const edge of edges) {
    const [first] = same;
    if (first?.caller === edge.caller && first.callee === edge.callee) {
      same.push(edge);
      continue;
    }
    if (same.length > 1) yield same;
    same = [edge];
  }
  if (same.length > 1) yield same;
}

/** The two sides of the key that an edge comes from: the caller and callee themselves, or sets that hold them. */
function writtenSides({ caller, callee, clause }: Edge): {
  readonly key: string;
  readonly callerSet: string | undefined;
  readonly calleeSet: string | undefined;
  readonly isBySet: boolean;
} {
  const key = String(clause.place.path[1]);
  const [from = caller, to = callee] = key.split(" -> ");
  const callerSet = from === caller ? undefined : from;
  const calleeSet = to === callee ? undefined : to;
  return { key, callerSet, calleeSet, isBySet: callerSet !== undefined || calleeSet !== undefined };
}

function describe(edge: Edge, kept: Edge): { readonly message: string; readonly help: string } {
  const { caller, callee } = edge;
  const [own, other] = [writtenSides(edge), writtenSides(kept)];
  const already = `${caller} may call ${callee} already`;
  if (own.key === other.key || !other.isBySet) {
    const help = "keep one of them, or give them different environments";
    return { message: `the edge ${own.key} is given twice`, help };
  }
  if (own.isBySet) {
    const help = "delete one of the two edges, or take a name out of one of the sets";
    return { message: `${already}, through the edge ${other.key}`, help };
  }
  const help = "delete this edge, or take";
  if (other.callerSet !== undefined && other.calleeSet !== undefined)
    return { message: `${already}, through the edge ${other.key}`, help: `${help} one of them out of its set` };
  return other.callerSet === undefined
    ? { message: `${already}, which is a member of ${other.calleeSet}`, help: `${help} ${callee} out of the set` }
    : { message: `${already}, as a member of ${other.callerSet}`, help: `${help} ${caller} out of the set` };
}
