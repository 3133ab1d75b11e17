import type { ModesReport } from "../../modes/modes-report.ts";

export interface ModesFormatOptions {
  readonly color: boolean;
  /** In columns. */
  readonly width: number;
  /** Only how many services have which mode. */
  readonly quiet: boolean;
  /** Every name and member, however many. */
  readonly verbose: boolean;
  /** The version of matrix. */
  readonly version: string;
}

/** A report as the bytes to write: lines that end with a line break. */
export type ModesFormatter = (report: ModesReport, options: ModesFormatOptions) => string;
