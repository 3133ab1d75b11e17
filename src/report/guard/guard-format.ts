import { isAtLeast, type Severity } from "../../finding/severity.ts";
import type { GuardFinding, GuardReport } from "../../guard/guard-report.ts";
import type { FormatOptions, ReportedRule } from "../findings/finding-report.ts";

export interface GuardFormatOptions extends FormatOptions {
  /** The least severity that makes the run fail. */
  readonly failOn: Severity;
  /** Every rule of guard, in the order in which they are listed. */
  readonly rules: readonly ReportedRule[];
  /** The version of matrix. */
  readonly version: string;
}

/** A report as the bytes to write: lines that end with a line break, or nothing. */
export type GuardFormatter = (report: GuardReport, options: GuardFormatOptions) => string;

/** Whether a finding makes the run fail. What stands already does not: the plan leaves it as it is. */
export function isGuardFailure(
  { already, severity }: Pick<GuardFinding, "already" | "severity">,
  { failOn }: Pick<GuardFormatOptions, "failOn">,
): boolean {
  return !already && isAtLeast(severity, failOn);
}
