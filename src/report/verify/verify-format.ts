import type { VerifyReport } from "../../verify/verify-report.ts";

export interface VerifyFormatOptions {
  readonly color: boolean;
  /** Only what is not as it should be. */
  readonly quiet: boolean;
  /** Every call. */
  readonly verbose: boolean;
  /** The version of matrix. */
  readonly version: string;
}

/** A report as the bytes to write: lines that end with a line break. */
export type VerifyFormatter = (report: VerifyReport, options: VerifyFormatOptions) => string;
