import type { DiffFinding } from "../../diff/diff-report.ts";

/** Whether a finding only sums up what is listed as reach. */
export function isToldByReach({ rule }: Pick<DiffFinding, "rule">): boolean {
  return rule === "reach-gained" || rule === "reach-lost";
}
