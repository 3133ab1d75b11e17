import type { Matrix } from "../matrix/model/matrix.ts";
import type { Place } from "../matrix/text/place.ts";
import type { Span } from "../matrix/text/source-text.ts";
import { formatInstant } from "../time/instant.ts";
import { compareMatrices } from "./compare-matrices.ts";
import type { Change, DiffReport, DiffSide, Impact } from "./diff-report.ts";
import { judgeChanges } from "./judge-changes.ts";
import { liftedPaths } from "./lifted-paths.ts";
import { neverDelta } from "./never-delta.ts";
import { pairMatrices } from "./pair-matrices.ts";
import { reachDelta } from "./reach-delta.ts";

/** Two versions of a matrix that can be used: without a finding that leaves its meaning open. */
export interface Versions {
  readonly before: Version;
  readonly after: Version;
  /** The only environments to look at; undefined: all. */
  readonly environments: readonly string[] | undefined;
}

export interface Version {
  readonly matrix: Matrix;
  readonly side: DiffSide;
  /** Where a place of it stands in its text. */
  readonly locate: (at: Place) => Span;
}

/** What the step from one version of a matrix to another means. Both must be read as of one moment. */
export function diffMatrices({ before, after, environments }: Versions): DiffReport {
  const pair = {
    ...pairMatrices(only(before.matrix, environments), only(after.matrix, environments)),
    everywhere: { before: before.matrix, after: after.matrix },
  };
  const facts = compareMatrices(pair);
  const reach = reachDelta(pair);
  const { changes, findings, approvers } = judgeChanges({
    pair,
    facts,
    reach,
    nevers: [...neverDelta(pair), ...liftedPaths(pair)],
    locateBefore: before.locate,
    locateAfter: after.locate,
  });
  return {
    base: before.side,
    head: after.side,
    asOf: formatInstant(after.matrix.asOf),
    changed: changes.length > 0,
    impact: impactOf(changes),
    changes,
    findings,
    reach,
    approvers,
    environments: pair.worlds.map(({ environment }) => environment),
  };
}

/** The impact of all changes together. */
export function impactOf(changes: readonly Pick<Change, "impact">[]): Impact {
  const has = (impact: Impact): boolean => changes.some((change) => change.impact === impact);
  return has("broadens") ? "broadens" : has("narrows") ? "narrows" : "neutral";
}

function only(matrix: Matrix, environments: readonly string[] | undefined): Matrix {
  if (environments === undefined) return matrix;
  return {
    ...matrix,
    environments: matrix.environments.filter(({ name }) => environments.includes(name)),
    worlds: matrix.worlds.filter(({ environment }) => environments.includes(environment.name)),
  };
}
