import type { DriftFinding, DriftReport } from "../../drift/drift-report.ts";
import { isAtLeast, type Severity } from "../../finding/severity.ts";
import type { FormatOptions, ReportedRule } from "../findings/finding-report.ts";

export interface DriftFormatOptions extends FormatOptions {
  /** The least severity that makes the run fail. */
  readonly failOn: Severity;
  /** The rules that were in effect, in the order in which they are listed. */
  readonly rules: readonly ReportedRule[];
  /** The version of matrix. */
  readonly version: string;
  /** Whether all indirect paths are listed, not only those that are findings. */
  readonly indirect?: boolean;
}

/** A report as the bytes to write: lines that end with a line break, or nothing. */
export type DriftFormatter = (report: DriftReport, options: DriftFormatOptions) => string;

/** Whether a finding is neither accepted nor explained by a change that has not arrived. */
export function isOpen({ accepted, pending }: Pick<DriftFinding, "accepted" | "pending">): boolean {
  return accepted === null && !pending;
}

/** Whether a finding makes the run fail. Reads that failed do so too, whatever else was found. */
export function isDriftFailure(finding: DriftFinding, { failOn }: Pick<DriftFormatOptions, "failOn">): boolean {
  return isOpen(finding) && isAtLeast(finding.severity, failOn);
}
