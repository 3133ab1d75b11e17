import type { GitProblem } from "../git/repository.ts";
import { sinceOf } from "../history/since-of.ts";
import type { MatrixAt, MatrixHistory, MatrixText } from "../history/matrix-history.ts";
import type { Matrix } from "../matrix/model/matrix.ts";
import type { PageHistory } from "../page/page-input.ts";

/** What the history of a matrix says of what a page shows. */
export function pageHistory(history: MatrixHistory, matrix: Matrix): PageHistory {
  const remembered = remember(history);
  const [newest] = remembered.versions();
  const text = newest?.read();
  const isSame = text?.kind === "usable" && contentOf(text.judge(matrix.asOf)) === contentOf(matrix);
  const keys = new WeakMap<Matrix, ReadonlySet<string>>();
  const keysIn = (version: Matrix): ReadonlySet<string> => {
    const known = keys.get(version) ?? edgeKeys(version);
    keys.set(version, known);
    return known;
  };
  return {
    commit: isSame ? (newest?.commit ?? null) : null,
    sinceOf: ({ key, environment }) => sinceOf(remembered, (version) => keysIn(version).has(edgeKey(environment, key))),
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

function edgeKeys({ worlds }: Matrix): ReadonlySet<string> {
  return new Set(
    worlds.flatMap(({ environment, edges }) =>
      // The key of an edge stands second in the path of each of its clauses: under `trust`.
      edges.map(({ clause }) => edgeKey(environment.name, String(clause.place.path[1]))),
    ),
  );
}

function edgeKey(environment: string, key: string): string {
  return JSON.stringify([environment, key]);
}

/** Everything that a matrix says, and where. */
function contentOf({ document, names, edges, inherited, rules, exceptions }: Matrix): string {
  return JSON.stringify([document, [...names.values()], edges, inherited, rules, exceptions]);
}
