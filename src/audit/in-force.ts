import { matrixFinder } from "../history/matrix-at.ts";
import type { MatrixCommit, MatrixHistory } from "../history/matrix-history.ts";
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
  /** When versions came into force between two moments. */
  readonly moments: (from: Instant, to: Instant) => readonly Instant[];
  /** Everything that was in force at some time from one moment until before another. */
  readonly between: (from: Instant, to: Instant) => readonly InForce[];
  /** Commits that say they are older than what they follow, where that leaves open what was in force in between. */
  readonly backwards: (from: Instant, to: Instant) => readonly InForceCommit[];
}

type Judge = (asOf: Instant) => Matrix | undefined;

/**
 * Finds what was in force at a moment. Between two dates at which something ends, one version says the same: it is
 * judged once for each such stretch.
 * @param history undefined where there is none: then the matrix as it is now counts for every moment
 * @param numbers the ids of projects by their numbers
 */
export function inForceAt(
  history: MatrixHistory | undefined,
  judgeNow: Judge,
  environment: string,
  numbers: ReadonlyMap<string, string> = new Map(),
): MatrixInForce {
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
    const declared = matrix === undefined ? undefined : declaredThen(matrix, environment, numbers);
    const found: InForce =
      matrix === undefined || declared === undefined
        ? { kind: "none", commit }
        : { kind: "known", commit, matrix, declared };
    known.found.set(stretch, found);
    return found;
  };
  const moments: MatrixInForce["moments"] = (from, to) =>
    [...(history?.versions() ?? [])].map(({ commit }) => commit.at).filter((at) => at > from && at < to);
  const find = history === undefined ? undefined : matrixFinder(history);
  const at: MatrixInForce["at"] = (moment) => {
    if (history === undefined) return judged("", judgeNow, null, moment);
    const version = find?.(moment);
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
  return {
    at,
    moments,
    between: (from, to) => [...new Set([from, ...moments(from, to)].map(at))],
    backwards: (from, to) => backwardsIn(history, from, to),
  };
}

/** A commit was made after the one that it follows and before those that follow it, whatever it says of itself. */
function backwardsIn(history: MatrixHistory | undefined, from: Instant, to: Instant): readonly InForceCommit[] {
  const found: InForceCommit[] = [];
  let newer: MatrixCommit | undefined;
  let earliestAfter = Infinity;
  for (const { commit } of history?.versions() ?? []) {
    if (newer !== undefined && newer.at < commit.at && newer.at < to && earliestAfter > from)
      found.push({ id: newer.id, at: formatInstant(newer.at) });
    if (newer !== undefined) earliestAfter = Math.min(earliestAfter, newer.at);
    newer = commit;
  }
  return found;
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
