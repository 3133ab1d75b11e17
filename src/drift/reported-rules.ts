import type { Matrix } from "../matrix/model/matrix.ts";
import { settingOf } from "../matrix/rules/rule-ids.ts";
import type { ReportedRule } from "../report/findings/finding-report.ts";
import type { DriftRule } from "./drift-rule.ts";
import { driftRules } from "./rules/registry.ts";

/** The rules of drift that are in effect, with the severities that `lint` sets. */
export function reportedRules({ document }: Matrix): readonly ReportedRule[] {
  return Object.values<DriftRule>(driftRules).flatMap(({ id, summary, severity }) => {
    const setting = settingOf(id, document.lint);
    return setting === "off" ? [] : [{ id, summary, severity: setting ?? severity }];
  });
}
