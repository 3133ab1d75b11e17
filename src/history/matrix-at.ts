import type { Instant } from "../time/instant.ts";
import type { MatrixAt, MatrixHistory } from "./matrix-history.ts";

/**
 * The version that was in force on this branch at a moment: the newest that was committed by then. Undefined where there
 * was none, or none that is known: `cutOff` tells these apart. Merged is not applied, and a commit says its time itself.
 */
export function matrixAt(history: MatrixHistory, instant: Instant): MatrixAt | undefined {
  for (const version of history.versions()) if (version.commit.at <= instant) return version;
  return undefined;
}
