import type { DiffReport } from "../../diff/diff-report.ts";

/** A report with its errors alone: they stand before the changes, where a thousand of these cannot bury them. */
export function graveOf(report: DiffReport): DiffReport {
  return { ...report, findings: report.findings.filter(({ severity }) => severity === "error") };
}

/** The report with its other findings, which explain the changes that they follow. */
export function othersOf(report: DiffReport): DiffReport {
  return { ...report, findings: report.findings.filter(({ severity }) => severity !== "error") };
}
