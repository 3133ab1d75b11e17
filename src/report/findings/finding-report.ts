import type { Finding } from "../../finding/finding.ts";
import { isAtLeast, type Severity } from "../../finding/severity.ts";

/** What `matrix validate` has to say. */
export interface FindingReport {
  /** In order. */
  readonly findings: readonly Finding[];
  /** The least severity that makes the run fail. */
  readonly failOn: Severity;
  /** What the matrix holds; undefined where it could not be read. */
  readonly summary: FindingReportSummary | undefined;
  /** The files that were read, the root first. */
  readonly files: readonly string[];
  /** The names of all environments of the matrix. */
  readonly environments: readonly string[];
  /** The rules that were in effect, in the order in which they are listed. */
  readonly rules: readonly ReportedRule[];
  /** The version of matrix. */
  readonly version: string;
  /** Where only what is new is reported: since when, and what stood before. */
  readonly since?: FindingsBefore;
}

/** An earlier version of a matrix, and the findings that it shares with the one that is reported. */
export interface FindingsBefore {
  /** As the command line or git names it. */
  readonly name: string;
  /** In full, where it is from git. */
  readonly commit: string | null;
  /** In order. */
  readonly stood: readonly Finding[];
}

export interface FindingReportSummary {
  readonly services: number;
  readonly callers: number;
  readonly edges: number;
  readonly environments: number;
}

export interface ReportedRule {
  readonly id: string;
  readonly summary: string;
  readonly severity: Severity;
}

export interface FormatOptions {
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  /** Whether accepted findings are told one by one. */
  readonly verbose: boolean;
  /** Whether only what makes the run fail is told. */
  readonly quiet: boolean;
}

/** A report as the bytes to write: lines that end with a line break, or nothing. Formats for machines take no options. */
export type Formatter = (report: FindingReport, options: FormatOptions) => string;

/** Whether a finding makes the run fail. */
export function isFailure(finding: Finding, { failOn }: Pick<FindingReport, "failOn">): boolean {
  return finding.acceptedBy === undefined && isAtLeast(finding.severity, failOn);
}
