import type { Row } from "../access/access.ts";
import type { Severity } from "../finding/severity.ts";
import { formatInstant } from "../time/instant.ts";
import { compareText } from "../words/compare-text.ts";
import type { Comparison } from "./comparison.ts";
import type { DriftContext, Standing } from "./drift-context.ts";
import type { AccessRow, DriftFinding, DriftReport, DriftSummary, UnreadEntry } from "./drift-report.ts";
import { isCovered } from "./grant-findings.ts";
import { horizonOf } from "./horizon.ts";

/** Puts together what a comparison found with the truth table that it stands on. */
export function assembleReport(
  context: DriftContext,
  { matrix, name, world, snapshot }: Comparison,
  findings: readonly DriftFinding[],
): DriftReport {
  const unread = unreadEntries(context, findings);
  return {
    environment: world.environment.name,
    matrix: name,
    asOf: formatInstant(matrix.asOf),
    snapshot: {
      startedAt: snapshot.startedAt,
      finishedAt: snapshot.finishedAt,
      reader: snapshot.reader,
      sha256: snapshot.sha256,
      endpoints: snapshot.endpoints,
    },
    complete: unread.every(({ accepted }) => accepted !== null),
    unread,
    summary: summarize(context, findings),
    access: context.access.rows.map((row) => accessRow(context, row)),
    running: context.live.map(({ service, declared }) => ({
      service: declared?.key ?? null,
      resource: service.resource,
      kind: service.record.kind,
      project: service.project,
      region: service.record.region,
      name: service.record.name,
      account: service.account ?? null,
      ingress: service.record.ingress,
    })),
    horizon: horizonOf(context),
    unexpanded: snapshot.groups
      .filter(({ members }) => members.status !== "read")
      .map(({ email }) => `group:${email}`)
      .sort(),
    builtInRoles: snapshot.roles
      .filter(({ source }) => source !== "live")
      .map(({ name: role, source }) => ({ role, date: source }))
      .sort((a, b) => compareText(a.role, b.role)),
    findings,
  };
}

/** What was not read inside the scope, with the exception that accepts it. */
function unreadEntries(
  { access, liveOf, live }: DriftContext,
  findings: readonly DriftFinding[],
): readonly UnreadEntry[] {
  const accepted = new Map(
    findings.flatMap(({ rule, resource, accepted: by }) => (rule === "not-readable" ? [[resource, by] as const] : [])),
  );
  const names = new Map(live.map(({ service }) => [service.resource, liveOf(service).name]));
  return access.unread
    .filter(({ inScope }) => inScope)
    .map(({ what, resource, status, reason, services }) => ({
      what,
      resource,
      status,
      reason,
      services: [...new Set(services.map((service) => names.get(service) ?? service))].sort(),
      accepted: accepted.get(resource) ?? null,
    }));
}

function accessRow({ standingOf, liveOf, names, declaredMembers }: DriftContext, row: Row): AccessRow {
  const { service, ring, principal, verdict, managed, through, denyUnread, paths } = row;
  const { declared } = liveOf(service);
  const judged = paths.map((path) => {
    const standing = standingOf(row, path);
    return {
      declared: standing.kind === "declared",
      standing: standing.kind,
      managed: path.managed,
      inherited: standing.kind === "inherited" ? standing.entry : null,
      allow: path.allow,
      hops: path.hops,
    };
  });
  const declaredAs = declared === undefined ? undefined : declaredMembers(declared.key).get(principal)?.caller;
  return {
    resource: service.resource,
    service: declared?.key ?? null,
    name: service.record.name,
    region: service.record.region,
    project: service.project,
    principal,
    caller: (declaredAs === "" ? undefined : declaredAs) ?? names.namesOf(principal)[0] ?? null,
    declared: judged.some((path) => path.declared),
    verdict,
    ring,
    managed,
    through,
    denyUnread,
    paths: judged,
  };
}

function summarize({ live, access, standingOf }: DriftContext, findings: readonly DriftFinding[]): DriftSummary {
  const callers = new Set<string>();
  let undeclared = 0;
  for (const row of access.rows) {
    if (row.verdict === "denied" || row.ring === "indirect") continue;
    callers.add(row.principal);
    const standings = row.paths.map((path): Standing => standingOf(row, path));
    if (!standings.some(isCovered)) undeclared++;
  }
  const open = findings.filter(({ accepted, pending }) => accepted === null && !pending);
  const countOf = (severity: Severity): number => open.filter((finding) => finding.severity === severity).length;
  return {
    services: live.length,
    callers: callers.size,
    undeclared,
    findings: { error: countOf("error"), warning: countOf("warning"), info: countOf("info") },
    accepted: findings.filter(({ accepted }) => accepted !== null).length,
    pending: findings.filter(({ accepted, pending }) => accepted === null && pending).length,
  };
}
