import type { Finding } from "../../finding/finding.ts";
import type { Span } from "../../matrix/text/source-text.ts";
import { formatJson } from "../json/format-json.ts";
import type { Formatter } from "./finding-report.ts";
import { ruleDocs } from "./rule-docs.ts";

/** For programs, as `schemas/findings.schema.json` says. Every key is always there; what is not known is null. */
export const json: Formatter = ({ version, summary, since, findings }) =>
  formatJson({
    schema: "matrix/findings/v1",
    version,
    summary:
      summary === undefined
        ? null
        : {
            services: summary.services,
            callers: summary.callers,
            edges: summary.edges,
            environments: summary.environments,
          },
    since: since === undefined ? null : { name: since.name, commit: since.commit, stood: since.stood.map(jsonFinding) },
    findings: findings.map(jsonFinding),
  });

function jsonFinding(finding: Finding): object {
  return {
    rule: finding.rule,
    severity: finding.severity,
    message: finding.message,
    help: finding.help ?? null,
    environments: finding.environments,
    ...jsonPlace(finding.span),
    related: finding.related.map(({ message, span }) => ({ message, ...jsonPlace(span) })),
    acceptedBy: finding.acceptedBy ?? null,
    stopsSynth: finding.stopsSynth,
    docs: ruleDocs(finding.rule),
  };
}

function jsonPlace({ file, line, column, endLine, endColumn }: Span): Span {
  return { file, line, column, endLine, endColumn };
}
