import type { DriftFinding, DriftReport, UnreadEntry } from "../../drift/drift-report.ts";

/** What a report says of how much was read. */
export interface Completeness {
  readonly isComplete: boolean;
  /** What was not read and nobody accepted. Never empty where the report is incomplete. */
  readonly missing: readonly UnreadEntry[];
  /** Blind spots that an exception accepts. */
  readonly accepted: readonly UnreadEntry[];
}

/**
 * How much was read. The flag of the report and its list are held against each other: where either says that something
 * was not read, nothing may look clean.
 */
export function completenessOf(report: DriftReport): Completeness {
  const missing = report.unread.filter(({ accepted }) => accepted === null);
  const accepted = report.unread.filter((entry) => entry.accepted !== null);
  const isComplete = report.complete && missing.length === 0;
  return { isComplete, missing: isComplete || missing.length > 0 ? missing : [unnamed(report)], accepted };
}

function unnamed({ environment }: DriftReport): UnreadEntry {
  return {
    what: "something",
    resource: environment,
    status: "missing",
    reason: "the report says so, and not what",
    services: [],
    accepted: null,
  };
}

/** Findings that say of an entry of `unread` what it says itself, and what to do about it. */
export interface Covered {
  readonly has: (finding: DriftFinding) => boolean;
  /** What would make it readable, where a finding says so. To be escaped. */
  readonly fixOf: (entry: UnreadEntry) => string | null;
}

export function coveredFindings({ unread, findings }: DriftReport): Covered {
  const keyOf = ({ resource, accepted }: Pick<DriftFinding, "resource" | "accepted">): string =>
    JSON.stringify([resource, accepted]);
  const entries = new Set(unread.map(keyOf));
  const covered = new Map(
    findings
      .filter((finding) => finding.rule === "not-readable" && entries.has(keyOf(finding)))
      .map((finding) => [keyOf(finding), finding]),
  );
  return {
    has: (finding) => finding.rule === "not-readable" && covered.has(keyOf(finding)),
    fixOf: (entry) => covered.get(keyOf(entry))?.fix ?? null,
  };
}
