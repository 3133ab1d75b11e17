import type { DriftFinding } from "../../src/drift/drift-report.ts";
import type { Snapshot } from "../../src/snapshot/snapshot.ts";
import { type DriftOptions, driftOf } from "./drift-of.ts";

/** All that is found, a line each. */
export function told(text: string, snapshot: Snapshot, options?: DriftOptions): readonly string[] {
  return driftOf(text, snapshot, options).findings.map(
    ({ severity, rule, message }) => `${severity} ${rule}: ${message}`,
  );
}

/** The one thing that is found. */
export function only(text: string, snapshot: Snapshot, options?: DriftOptions): DriftFinding {
  const { findings } = driftOf(text, snapshot, options);
  const [finding, ...others] = findings;
  if (finding === undefined || others.length > 0) throw new Error(told(text, snapshot, options).join("\n"));
  return finding;
}
