import type { GuardFinding } from "../../guard/guard-report.ts";
import { ruleDocs } from "../findings/rule-docs.ts";
import { formatJson } from "../json/format-json.ts";
import type { GuardFormatter } from "./guard-format.ts";
import { headline } from "./headline.ts";

/** For programs, as `schemas/guard.schema.json` says. Every key is always there; what is not known is null. */
export const json: GuardFormatter = (report, { version }) => {
  const { plan, summary } = report;
  return formatJson({
    schema: "matrix/guard/v1",
    complete: report.complete,
    verdict: headline(report),
    matrix: report.matrix,
    asOf: report.asOf,
    environments: report.environments,
    plan: {
      name: plan.name,
      terraformVersion: plan.terraformVersion,
      isOurs: plan.isOurs,
      isWhole: plan.isWhole,
    },
    summary: {
      resources: summary.resources,
      grants: summary.grants,
      declared: summary.declared,
      elsewhere: summary.elsewhere,
      outside: summary.outside,
      findings: {
        error: summary.findings.error,
        warning: summary.findings.warning,
        info: summary.findings.info,
      },
      unknown: summary.unknown,
      already: summary.already,
    },
    findings: report.findings.map(finding),
    assumed: report.assumed.map(({ address, argument, value }) => ({ address, argument, value })),
    version,
  });
};

function finding(each: GuardFinding): object {
  const { span } = each;
  return {
    rule: each.rule,
    severity: each.severity,
    certainty: each.certainty,
    already: each.already,
    address: each.address,
    action: each.action,
    environments: each.environments,
    names: each.names,
    principal: each.principal,
    role: each.role,
    resource: each.resource,
    condition: each.condition,
    message: each.message,
    fix: each.fix,
    fingerprint: each.fingerprint,
    docs: ruleDocs(each.rule),
    place:
      span === null
        ? null
        : {
            file: span.file,
            line: span.line,
            column: span.column,
            endLine: span.endLine,
            endColumn: span.endColumn,
          },
  };
}
