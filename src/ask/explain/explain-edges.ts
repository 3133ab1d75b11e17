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
        since: history === null ? null : sinceOf(history, (matrix) => hasEdge(matrix, edge, world)),
      } satisfies ExplainedEdge & { readonly since: Since | null };
    });
}

/** Whether a version has some edge of a pair in the environment, written one way or another, expired or not. */
export function hasPair(caller: string | null, callee: string | null, world: World): (matrix: Matrix) => boolean {
  return (matrix) =>
    worldIn(matrix, world)?.edges.some((edge) => edge.caller === caller && edge.callee === callee) === true;
}

/** The same for the edge as it is written: `a-set -> b` is another one than `a -> b`. */
function hasEdge(matrix: Matrix, { caller, callee, clause }: Edge, world: World): boolean {
  return (
    worldIn(matrix, world)?.edges.some(
      (edge) =>
        edge.caller === caller &&
        edge.callee === callee &&
        edge.clause.through === clause.through &&
        edge.clause.place.path[1] === clause.place.path[1],
    ) === true
  );
}

function worldIn({ worlds }: Matrix, { environment }: World): World | undefined {
  return worlds.find((each) => each.environment.name === environment.name);
}
