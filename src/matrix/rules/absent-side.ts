import type { Draft } from "../../finding/draft.ts";
import { enumerateWords } from "../../words/enumerate-words.ts";
import type { Clause, DeclaredEdge, Matrix } from "../model/matrix.ts";
import { keyAt, type Place, valueAt } from "../text/place.ts";
import type { Rule } from "./rule.ts";

/** An edge holds where both of its sides are; one that holds nowhere, or is written for where a side is absent, is a mistake. */
export const absentSide: Rule = {
  id: "absent-side",
  severity: "error",
  summary: "an edge in an environment where one of its sides is not",
  stopsSynth: true,
  *check(matrix) {
    const known = new Map<string, ReadonlySet<string>>();
    const homesOfName = (name: string): ReadonlySet<string> => {
      const homes = known.get(name) ?? homesOf(matrix, name);
      known.set(name, homes);
      return homes;
    };
    for (const edge of matrix.edges) {
      const { caller, callee } = edge;
      if (caller === undefined || callee === undefined || !matrix.names.has(caller) || !matrix.names.has(callee))
        continue;
      const homes = { [caller]: homesOfName(caller), [callee]: homesOfName(callee) };
      for (const clause of edge.clauses) yield* checkClause(edge, clause, [caller, callee], homes, matrix);
    }
  },
};

function* checkClause(
  edge: DeclaredEdge,
  clause: Clause,
  sides: readonly [string, string],
  homes: Readonly<Record<string, ReadonlySet<string>>>,
  matrix: Matrix,
): Iterable<Draft> {
  const about = { service: sides[1], caller: sides[0] };
  if (clause.environments !== undefined) {
    for (const [index, environment] of clause.environments.entries()) {
      if (!matrix.environments.some(({ name }) => name === environment)) continue;
      const absent = sides.filter((side) => homes[side]?.has(environment) !== true);
      if (absent.length === 0) continue;
      const at = valueAt(clause.place.file, ...clause.place.path, "environments", index);
      yield {
        message: `${enumerateWords([...new Set(absent)], "and")} is not in ${environment}, so ${edge.key} cannot hold there`,
        help: `delete ${environment} here, or add it to the environments of ${absent[0]}`,
        at,
        ...about,
      };
    }
    return;
  }
  const [caller, callee] = sides;
  if ([...(homes[caller] ?? [])].some((environment) => homes[callee]?.has(environment) === true)) return;
  const at: Place = keyAt(edge.file, "trust", edge.key);
  yield {
    message: `${caller} and ${callee} are in no environment together, so the edge never holds`,
    help: "correct the environments of one of them, or delete the edge",
    at,
    ...about,
  };
}

/** The environments in which a service, a caller or any member of a set is. */
function homesOf(matrix: Matrix, name: string): ReadonlySet<string> {
  const members = matrix.expand(name);
  const isThere = ({ services, callers }: Matrix["worlds"][number]) =>
    members.some((member) => services.has(member) || callers.has(member));
  return new Set(matrix.worlds.filter(isThere).map(({ environment }) => environment.name));
}
