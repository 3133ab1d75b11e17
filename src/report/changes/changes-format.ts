import type { ChangesReport } from "../../audit/changes-report.ts";

export interface ChangesFormatOptions {
  readonly color: boolean;
  /** In columns. */
  readonly width: number;
  /** Only what is against the matrix, and gaps. */
  readonly quiet: boolean;
  /** The version of matrix. */
  readonly version: string;
}

/** A report as the bytes to write: lines that end with a line break. */
export type ChangesFormatter = (report: ChangesReport, options: ChangesFormatOptions) => string;
