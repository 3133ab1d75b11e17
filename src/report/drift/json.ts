import type { Hop } from "../../access/access.ts";
import type { FindingAttribution } from "../../drift/attribution.ts";
import type { AccessRow, DriftFinding, DriftReport } from "../../drift/drift-report.ts";
import { ruleDocs } from "../findings/rule-docs.ts";
import { formatJson } from "../json/format-json.ts";
import { placeJson } from "../json/place-json.ts";
import { completenessOf } from "./completeness.ts";
import type { DriftFormatter } from "./drift-format.ts";

/** For programs, as `schemas/drift.schema.json` says. Every key is always there; what is not known is null. */
export const json: DriftFormatter = (report, { version }) =>
  formatJson({
    schema: "matrix/drift/v1",
    environment: report.environment,
    asOf: report.asOf,
    ...reading(report),
    summary: summary(report),
    access: report.access.map(row),
    horizon: report.horizon.map(({ resource, read, reason }) => ({ resource, read, reason })),
    findings: report.findings.map(finding),
    matrix: report.matrix,
    snapshot: snapshot(report),
    unexpanded: report.unexpanded,
    builtInRoles: report.builtInRoles.map(({ role, date }) => ({ role, date })),
    version,
  });

function reading(report: DriftReport): object {
  const { isComplete, missing, accepted } = completenessOf(report);
  const unread = missing.length + accepted.length > report.unread.length ? [...missing, ...accepted] : report.unread;
  return {
    complete: isComplete,
    unread: unread.map((entry) => ({
      what: entry.what,
      resource: entry.resource,
      status: entry.status,
      reason: entry.reason,
      services: entry.services,
      accepted: entry.accepted,
    })),
  };
}

function summary({ summary: { services, callers, undeclared, findings, accepted, pending } }: DriftReport): object {
  const { error, warning, info } = findings;
  return { services, callers, undeclared, findings: { error, warning, info }, accepted, pending };
}

function row(each: AccessRow): object {
  return {
    service: each.service,
    name: each.name,
    region: each.region,
    project: each.project,
    principal: each.principal,
    caller: each.caller,
    declared: each.declared,
    verdict: each.verdict,
    ring: each.ring,
    managed: each.managed,
    paths: each.paths.map(({ declared, managed, hops, inherited }) => ({
      declared,
      managed,
      hops: hops.map(hop),
      inherited,
    })),
    through: each.through,
    denyUnread: each.denyUnread,
  };
}

function hop({ kind, level, resource, role, member, condition }: Hop): Hop {
  return { kind, level, resource, role, member, condition };
}

function finding(each: DriftFinding): object {
  return {
    rule: each.rule,
    severity: each.severity,
    confidence: each.confidence,
    service: each.service,
    services: each.services,
    principal: each.principal,
    message: each.message,
    fix: each.fix,
    paths: each.paths.map(({ allow, managed, hops }) => ({ allow, managed, hops: hops.map(hop) })),
    fingerprint: each.fingerprint,
    accepted: each.accepted,
    pending: each.pending,
    resource: each.resource,
    role: each.role,
    criteria: each.criteria,
    attribution: each.attribution === null ? null : attribution(each.attribution),
    docs: ruleDocs(each.rule),
    place: placeJson(each.span),
  };
}

function attribution({ grants }: FindingAttribution): object {
  return {
    grants: grants.map(({ resource, role, member, condition, made, gaps }) => ({
      resource,
      role,
      member,
      condition,
      made:
        made === null
          ? null
          : {
              at: made.at,
              principal: made.principal,
              delegation: made.delegation,
              userAgent: made.userAgent,
              isApplier: made.isApplier,
              method: made.method,
              entry: made.entry,
              isSure: made.isSure,
            },
      gaps,
    })),
  };
}

function snapshot({ snapshot: { startedAt, finishedAt, reader, sha256, endpoints } }: DriftReport): object {
  return { startedAt, finishedAt, reader, sha256, endpoints };
}
