import type { WiringReport } from "../../wiring/wiring-report.ts";

export interface WiringFormatOptions {
  readonly color: boolean;
  /** Only what to configure, without explanations. */
  readonly quiet: boolean;
  /** The version of matrix. */
  readonly version: string;
}

/** A report as the bytes to write: lines that end with a line break, or nothing. */
export type WiringFormatter = (report: WiringReport, options: WiringFormatOptions) => string;
