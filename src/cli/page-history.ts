import type { EdgeFact } from "../ask/grid.ts";
import type { GitProblem } from "../git/repository.ts";
import { identifiedEdges, writtenAs, writtenEdges } from "../history/pair-identity.ts";
import { sinceOf } from "../history/since-of.ts";
import type { MatrixAt, MatrixHistory, MatrixText } from "../history/matrix-history.ts";
import type { Matrix } from "../matrix/model/matrix.ts";
import type { World } from "../matrix/model/world.ts";
import type { PageHistory } from "../page/page-input.ts";
import { groupBy } from "../words/group-by.ts";

/** What the history of a matrix says of what a page shows. */
export function pageHistory(history: MatrixHistory, matrix: Matrix): PageHistory {
  const remembered = remember(history);
  const [newest] = remembered.versions();
  const text = newest?.read();
  const isSame = text?.kind === "usable" && contentOf(text.judge(matrix.asOf)) === contentOf(matrix);
  const known = new WeakMap<World, WrittenWorld>();
  const writtenIn = (world: World): WrittenWorld => {
    const found = known.get(world) ?? { holding: writtenEdges(world, false), all: writtenEdges(world, true) };
    known.set(world, found);
    return found;
  };
  const own = new Map(matrix.worlds.map((world) => [world.environment.name, pairsByEdge(world)]));
  return {
    commit: isSame ? (newest?.commit ?? null) : null,
    sinceOf: (edge) => {
      const { all, pairs } = own.get(edge.environment)?.get(edgeKey(edge.key, edge.through)) ?? noPairs;
      return sinceOf(remembered, matrix.asOf, (version) => {
        const then = worldIn(version, edge.environment);
        if (then === undefined || pairs.length === 0) return false;
        const there = writtenIn(then)[all ? "all" : "holding"];
        return pairs.every((each) => there.has(each));
      });
    },
    cutOff: history.cutOff(),
  };
}

export function isProblem(history: MatrixHistory | GitProblem): history is GitProblem {
  return "problem" in history;
}

/** Each version is read and judged once, however many edges are asked for. */
export function remember(history: MatrixHistory): MatrixHistory {
  const versions = [...history.versions()].map((version): MatrixAt => {
    let read: MatrixText | undefined;
    return { ...version, read: () => (read ??= judgedOnce(version.read())) };
  });
  return { versions: () => versions, cutOff: history.cutOff };
}

function judgedOnce(text: MatrixText): MatrixText {
  if (text.kind !== "usable") return text;
  const judged = new Map<number, Matrix>();
  return {
    kind: "usable",
    judge: (asOf) => {
      const matrix = judged.get(asOf) ?? text.judge(asOf);
      judged.set(asOf, matrix);
      return matrix;
    },
  };
}

/** The edges of one environment as they are written. */
interface WrittenWorld {
  readonly holding: ReadonlySet<string>;
  readonly all: ReadonlySet<string>;
}

const noPairs = { all: true, pairs: [] } as const;

/** All that each key says now, each member of its sets: those that hold, or all where none does. */
function pairsByEdge(world: World): ReadonlyMap<string, { readonly all: boolean; readonly pairs: readonly string[] }> {
  const grouped = (all: boolean) =>
    [
      ...groupBy(identifiedEdges(world, all), ({ edge: { clause } }) =>
        edgeKey(String(clause.place.path[1]), clause.through ?? null),
      ),
    ].map(([key, edges]) => [key, { all, pairs: edges.map(writtenAs) }] as const);
  return new Map([...grouped(true), ...grouped(false)]);
}

function edgeKey(key: string, through: EdgeFact["through"]): string {
  return `${through ?? ""} ${key}`;
}

function worldIn({ worlds }: Matrix, name: string): World | undefined {
  return worlds.find(({ environment }) => environment.name === name);
}

/** Everything that a matrix says, and where. */
function contentOf({ document, names, edges, inherited, rules, exceptions }: Matrix): string {
  return JSON.stringify([document, [...names.values()], edges, inherited, rules, exceptions]);
}
