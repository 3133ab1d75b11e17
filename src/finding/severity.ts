export const severities = ["error", "warning", "info"] as const;

export type Severity = (typeof severities)[number];

/** Whether a severity is at or above a threshold. */
export function isAtLeast(severity: Severity, threshold: Severity): boolean {
  return severities.indexOf(severity) <= severities.indexOf(threshold);
}
