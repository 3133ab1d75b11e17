import type { ReportedRule } from "../findings/finding-report.ts";
import { ruleDocs } from "../findings/rule-docs.ts";
import { sarifLevels } from "./sarif-level.ts";

/** A rule as a reportingDescriptor. */
export function sarifRule({ id, summary, severity }: ReportedRule): object {
  return {
    id,
    shortDescription: { text: summary },
    fullDescription: { text: summary },
    help: { text: `matrix explain ${id} says more, and so does ${ruleDocs(id)}` },
    defaultConfiguration: { level: sarifLevels[severity] },
  };
}
