import type { ReviewReport } from "../../access-review/review-report.ts";

export interface ReviewFormatOptions {
  readonly color: boolean;
  /** In columns. */
  readonly width: number;
  readonly quiet: boolean;
  readonly verbose: boolean;
  /** The version of matrix. */
  readonly version: string;
}

/** A report as the bytes to write: lines that end with a line break, or nothing. */
export type ReviewFormatter = (report: ReviewReport, options: ReviewFormatOptions) => string;
