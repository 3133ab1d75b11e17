import type { Finding } from "../finding/finding.ts";
import type { Severity } from "../finding/severity.ts";
import type { Matrix } from "../matrix/model/matrix.ts";
import { rules } from "../matrix/rules/registry.ts";
import type { ValidatedMatrix } from "../matrix/validate-matrix.ts";
import type { FindingReport, FindingsBefore } from "../report/findings/finding-report.ts";
import { version } from "./version.ts";

/** What there is to report of a matrix, or of some of its environments. */
export function findingReport(
  { name, matrix, findings, files }: ValidatedMatrix,
  only: readonly string[] | undefined,
  failOn: Severity,
  since?: FindingsBefore,
): FindingReport {
  const concerns = ({ environments }: Finding): boolean =>
    only === undefined || environments.length === 0 || environments.some((each) => only.includes(each));
  return {
    findings: findings.filter(concerns),
    ...(since === undefined ? {} : { since: { ...since, stood: since.stood.filter(concerns) } }),
    failOn,
    summary: matrix === undefined ? undefined : summaryOf(matrix),
    files: [...files].sort((a, b) => Number(b === name) - Number(a === name)),
    environments: matrix?.environments.map((environment) => environment.name) ?? [],
    rules: Object.values(rules).flatMap(({ id, severity, summary }) => {
      const setting = matrix?.document.lint?.[id];
      return setting === "off" ? [] : [{ id, severity: setting ?? severity, summary }];
    }),
    version,
  };
}

function summaryOf({ names, worlds, environments }: Matrix): FindingReport["summary"] {
  const sections = [...names.values()].map(({ section }) => section);
  const pairs = new Set(worlds.flatMap(({ edges }) => edges.map(({ caller, callee }) => `${caller} ${callee}`)));
  return {
    services: sections.filter((section) => section === "services").length,
    callers: sections.filter((section) => section === "callers").length,
    edges: pairs.size,
    environments: environments.length,
  };
}
