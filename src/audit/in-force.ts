import { matrixAt } from "../history/matrix-at.ts";
import type { MatrixHistory } from "../history/matrix-history.ts";
import type { Matrix } from "../matrix/model/matrix.ts";
import { formatInstant, type Instant, parseEnd } from "../time/instant.ts";
import type { InForceCommit } from "./changes-report.ts";
import { type DeclaredThen, declaredThen } from "./declared-then.ts";

/** The matrix that was in force at a moment. */
export type InForce =
  | {
      readonly kind: "known";
      readonly commit: InForceCommit | null;
      readonly matrix: Matrix;
      readonly declared: DeclaredThen;
    }
  /** There was no matrix yet, or none of this environment: nothing was declared. */
  | { readonly kind: "none"; readonly commit: InForceCommit | null }
  | { readonly kind: "unknown"; readonly why: string };

export interface MatrixInForce {
  readonly at: (moment: Instant) => InForce;
  /** When versions came into force between two moments. Newest first. */
  readonly moments: (from: Instant, to: Instant) => readonly Instant[];
}

type Judge = (asOf: Instant) => Matrix | undefined;

/**
 * Finds what was in force at a moment. Between two dates at which something ends, one version says the same: it is
 * judged once for each such stretch.
 * @param history undefined where there is none: then the matrix as it is now counts for every moment
 */
export function inForceAt(history: MatrixHistory | undefined, judgeNow: Judge, environment: string): MatrixInForce {
  const stretches = new Map<
    string,
    { readonly judge: Judge; readonly ends: readonly number[]; readonly found: Map<number, InForce> }
  >();
  const judged = (id: string, judge: Judge, commit: InForceCommit | null, at: Instant): InForce => {
    const known = stretches.get(id) ?? { judge, ends: endsIn(judge(at)), found: new Map<number, InForce>() };
    stretches.set(id, known);
    const stretch = known.ends.filter((end) => end <= at).length;
    const before = known.found.get(stretch);
    if (before !== undefined) return before;
    const matrix = known.judge(at);
    const declared = matrix === undefined ? undefined : declaredThen(matrix, environment);
    const found: InForce =
      matrix === undefined || declared === undefined
        ? { kind: "none", commit }
        : { kind: "known", commit, matrix, declared };
    known.found.set(stretch, found);
    return found;
  };
  const moments: MatrixInForce["moments"] = (from, to) =>
    [...takeWhile(history?.versions() ?? [], ({ commit }) => commit.at > from)]
      .map(({ commit }) => commit.at)
      .filter((at) => at < to);
  const at: MatrixInForce["at"] = (moment) => {
    if (history === undefined) return judged("", judgeNow, null, moment);
    const version = matrixAt(history, moment);
    if (version === undefined) {
      const cutOff = history.cutOff();
      return cutOff === null ? { kind: "none", commit: null } : { kind: "unknown", why: cutOff };
    }
    const commit = { id: version.commit.id, at: formatInstant(version.commit.at) };
    const text = version.read();
    if (text.kind === "absent") return { kind: "none", commit };
    if (text.kind === "unusable")
      return { kind: "unknown", why: `the matrix of commit ${commit.id.slice(0, 12)} is broken: ${text.problem}` };
    return judged(commit.id, text.judge, commit, moment);
  };
  return { at, moments };
}

function* takeWhile<T>(items: Iterable<T>, isWanted: (item: T) => boolean): Iterable<T> {
  for (const item of items) {
    if (!isWanted(item)) return;
    yield item;
  }
}

/** Every moment at which something of a matrix ends. */
function endsIn(matrix: Matrix | undefined): readonly number[] {
  if (matrix === undefined) return [];
  const ends = [
    ...matrix.edges.flatMap(({ clauses }) => clauses.map(({ end }) => end)),
    ...matrix.worlds.flatMap(({ services }) =>
      [...services.values()].flatMap(({ previousAccounts }) => previousAccounts.map(({ end }) => end)),
    ),
    ...matrix.inherited.map(({ value }) => (value.expires === undefined ? undefined : parseEnd(value.expires))),
  ];
  return [...new Set(ends.filter((end) => end !== undefined))];
}
