import { identifiedEdges, writtenAs, writtenEdges } from "../../history/pair-identity.ts";
import { sinceOf } from "../../history/since-of.ts";
import type { Since } from "../../history/matrix-history.ts";
import type { Matrix } from "../../matrix/model/matrix.ts";
import type { Edge, Service, World } from "../../matrix/model/world.ts";
import { edgeFact } from "../declared-pairs.ts";
import type { ExplainQuestion } from "./explain-access.ts";
import type { ExplainedEdge } from "./explain-report.ts";
import type { Callee, Caller } from "./find-parties.ts";

/** Whether everybody is meant to call a service. */
export function isOpenTo(service: Service | undefined): boolean {
  return service?.public !== undefined && (service.stage === "live" || service.stage === "planned");
}

/** What the matrix says of the pair, clause by clause, and since when. */
export function explainEdges(
  question: ExplainQuestion,
  { caller, callee }: { readonly caller: Caller; readonly callee: Callee },
): readonly ExplainedEdge[] {
  const { world, locate, history } = question;
  const idle = new Map(world.idle.map(({ edge, why }) => [edge, why]));
  return world.edges
    .filter((edge) => edge.caller === caller.key && edge.callee === callee.key)
    .map((edge) => {
      const fact = edgeFact(edge, idle.get(edge) ?? "yes", world, locate);
      const [from = "", to = ""] = fact.key.split(" -> ");
      return {
        ...fact,
        callerSet: from === edge.caller ? null : from,
        calleeSet: to === edge.callee ? null : to,
        since: history === null ? null : sinceOf(history, question.matrix.asOf, hasEdge(edge, world)),
      } satisfies ExplainedEdge & { readonly since: Since | null };
    });
}

/** The same for the pair, by whichever edge: of those that hold now, or else of all that are written. */
export function sinceOfPair(
  { matrix, world, history }: ExplainQuestion,
  caller: string | null,
  callee: string | null,
): Since | null {
  const isOfPair = (edge: Edge): boolean => edge.caller === caller && edge.callee === callee;
  const isHolding = world.holding.some(isOfPair);
  const ofPair = identifiedEdges(world, !isHolding).filter(({ edge }) => isOfPair(edge));
  if (history === null || ofPair.length === 0) return null;
  const wanted = new Set(ofPair.map(({ identity }) => identity));
  return sinceOf(history, matrix.asOf, (version) => {
    const then = worldIn(version, world);
    return then !== undefined && identifiedEdges(then, !isHolding).some(({ identity }) => wanted.has(identity));
  });
}

/**
 * Whether a version has the edge as it is written, for the same account and the same service: `a-set -> b` is another one
 * than `a -> b`. Of an edge that holds now, whether it held.
 */
function hasEdge(edge: Edge, world: World): (matrix: Matrix) => boolean {
  const all = !world.holding.includes(edge);
  const own = identifiedEdges(world, all).find((each) => each.edge === edge);
  return (matrix) => {
    const then = worldIn(matrix, world);
    return own !== undefined && then !== undefined && writtenEdges(then, all).has(writtenAs(own));
  };
}

function worldIn({ worlds }: Matrix, { environment }: World): World | undefined {
  return worlds.find((each) => each.environment.name === environment.name);
}
