import type { DiffReport } from "../../diff/diff-report.ts";
import type { FormatOptions, ReportedRule } from "../findings/finding-report.ts";

export interface DiffFormatOptions extends FormatOptions {
  /** The rules of diff, in the order in which they are listed. */
  readonly rules: readonly ReportedRule[];
  /** The version of matrix. */
  readonly version: string;
}

/** A report as the bytes to write: lines that end with a line break, or nothing. */
export type DiffFormatter = (report: DiffReport, options: DiffFormatOptions) => string;
