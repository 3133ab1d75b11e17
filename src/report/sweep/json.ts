import type { Credential, SweepReport } from "../../sweep/sweep-report.ts";
import { formatJson } from "../json/format-json.ts";
import { type SweepFormatter, sweepRuleDocs } from "./sweep-format.ts";

/** For programs, as `schemas/sweep.schema.json` says. Every key is always there; what is not known is null. */
export const json: SweepFormatter = (report, { version }) =>
  formatJson({
    schema: "matrix/sweep/v1",
    complete: report.complete && report.unread.length === 0,
    unread: report.unread.map(({ source, reason }) => ({ source, reason })),
    swept: swept(report),
    summary: summary(report),
    baseline: report.baseline,
    matrix: report.matrix,
    environment: report.environment,
    credentials: report.credentials.map(credential),
    version,
  });

function swept({ swept: { paths, live, files, services, skipped } }: SweepReport): object {
  return { paths, live, files, services, skipped: { binary: skipped.binary, huge: skipped.huge } };
}

function summary({ credentials }: SweepReport): object {
  const places = credentials.reduce((sum, each) => sum + each.places.length, 0);
  const shared = credentials.filter(({ services }) => services.length > 1).length;
  const replaceable = credentials.filter(({ edges }) => edges.length > 0).length;
  return { credentials: credentials.length, places, shared, replaceable };
}

function credential(each: Credential): object {
  return {
    number: each.number,
    id: each.id,
    rule: each.rule,
    severity: each.severity,
    state: each.state,
    kind: each.kind,
    masked: each.masked,
    names: each.names,
    services: each.services,
    places: each.places.map(({ file, line, column, name, service }) => ({
      file,
      line: line === 0 ? null : line,
      column: line === 0 ? null : column,
      name,
      service,
    })),
    edges: each.edges.map(({ caller, callee, declared, environments }) => ({ caller, callee, declared, environments })),
    fix: each.fix,
    docs: sweepRuleDocs(each.rule),
  };
}
