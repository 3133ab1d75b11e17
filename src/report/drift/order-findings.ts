import type { DriftFinding } from "../../drift/drift-report.ts";
import { driftRuleIdList } from "../../matrix/rules/drift-rule-ids.ts";
import { severities } from "../../finding/severity.ts";

/** Findings worst first, those of one rule together; else in the order of the report. */
export function worstFirst(findings: readonly DriftFinding[]): readonly DriftFinding[] {
  return [...findings].sort(
    (a, b) =>
      severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
      driftRuleIdList.indexOf(a.rule) - driftRuleIdList.indexOf(b.rule),
  );
}
