import type { MatrixHistory } from "../history/matrix-history.ts";
import type { Matrix } from "../matrix/model/matrix.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import type { Instant } from "../time/instant.ts";
import { inForceAt } from "./in-force.ts";
import { type LogLevels, logLevels } from "./log-levels.ts";
import { versionsBetween } from "./report-changes.ts";
import { numbersOf } from "./snapshot-states.ts";

/** The levels whose logs tell of an environment in a period: of every version of the matrix that was in force in it. */
export function levelsInForce(request: {
  readonly environment: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly history: MatrixHistory | undefined;
  readonly judgeNow: (asOf: Instant) => Matrix | undefined;
  readonly snapshots: readonly Snapshot[];
}): LogLevels {
  const { environment, from, to, history, judgeNow, snapshots } = request;
  const numbers = new Map(snapshots.flatMap((snapshot) => [...numbersOf(snapshot)]));
  const times = [history, undefined].map((each) => inForceAt(each, judgeNow, environment, numbers));
  return logLevels(
    // What is in the matrix now, and in no commit yet, counts too.
    times.flatMap((force) => versionsBetween(force, from, to)),
    snapshots,
  );
}
