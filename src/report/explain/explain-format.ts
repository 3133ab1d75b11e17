import type { ExplainReport } from "../../ask/explain/explain-report.ts";

export interface ExplainFormatOptions {
  readonly color: boolean;
  /** In columns. */
  readonly width: number;
  /** Only the answer and the causes that are more than possible. */
  readonly quiet: boolean;
  /** What is only possible in full, be something else certain or not. */
  readonly verbose: boolean;
  /** The version of matrix. */
  readonly version: string;
}

/** A report as the bytes to write: lines that end with a line break. */
export type ExplainFormatter = (report: ExplainReport, options: ExplainFormatOptions) => string;
