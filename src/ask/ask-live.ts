import type { DriftReport } from "../drift/drift-report.ts";
import type { World } from "../matrix/model/world.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import { type AskJudge, makeAskJudge } from "./ask-judge.ts";
import { withOtherRegions } from "./other-regions.ts";

/** What is live, as questions and grids are asked of it; both null where only the matrix is. */
export type AskLive =
  | { readonly drift: DriftReport; readonly judge: AskJudge }
  | { readonly drift: null; readonly judge: null };

/**
 * A report of the snapshot that it was made of, with the judge of calls for it. Grids are built and names are found with
 * what it gives, not with the report itself: that knows a service only in the regions of the matrix.
 */
export function askLive(report: DriftReport | null, world: World, snapshot: Snapshot | null): AskLive {
  if (report === null || snapshot === null) return { drift: null, judge: null };
  const drift = withOtherRegions(report, world);
  return { drift, judge: makeAskJudge(drift, world, snapshot) };
}
