import type { FormatOptions } from "../findings/finding-report.ts";
import type { SweepReport } from "../../sweep/sweep-report.ts";

export interface SweepFormatOptions extends FormatOptions {
  /** The version of matrix. */
  readonly version: string;
  /** Whether a baseline takes in all that was found, so that nothing of it makes the run fail. */
  readonly isKept: boolean;
}

/** A report as the bytes to write: lines that end with a line break, or nothing. */
export type SweepFormatter = (report: SweepReport, options: SweepFormatOptions) => string;

/** The page about a rule, relative to the root of this package. */
export function sweepRuleDocs(rule: string): string {
  return `docs/sweep.md#${encodeURIComponent(rule)}`;
}
