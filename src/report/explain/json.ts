import type { ExplainedEdge, ExplainReport, FoundCause, LivePath } from "../../ask/explain/explain-report.ts";
import type { MatrixCommit, Since } from "../../history/matrix-history.ts";
import { formatInstant } from "../../time/instant.ts";
import { outsideJson } from "../access/outside-json.ts";
import { formatJson } from "../json/format-json.ts";
import { describePath } from "../access/describe-path.ts";
import type { ExplainFormatter } from "./explain-format.ts";

/** For programs, as `schemas/explain-access.schema.json` says. Every key is always there. */
export const json: ExplainFormatter = (report, { version }) => formatJson(documentOf(report, version));

function documentOf(report: ExplainReport, version: string): object {
  const { environment, matrix, asOf, live, caller, callee, answer, declared, status, history } = report;
  return {
    schema: "matrix/explain-access/v1",
    environment,
    matrix,
    asOf,
    snapshot: live === null ? null : { finishedAt: live.finishedAt, sha256: live.sha256 },
    caller: {
      name: caller.name,
      key: caller.key,
      kind: caller.kind,
      principal: caller.principal,
      owner: caller.owner,
      place: caller.span,
    },
    callee: {
      name: callee.name,
      key: callee.key,
      kind: callee.kind,
      owner: callee.owner,
      sensitive: callee.sensitive,
      place: callee.span,
    },
    answer,
    declared,
    edges: report.edges.map(edge),
    since: since(report.since),
    history: history === null ? null : { cutOff: history.cutOff },
    regions: report.regions.map(({ region, state, resource, verdict }) => ({ region, state, resource, verdict })),
    as: report.as,
    outside: outsideJson(report.outside),
    groups: report.groups,
    paths: report.paths.map(path),
    status,
    causes: report.causes.map(cause),
    unchecked: report.unchecked.map(({ id, title }) => ({ id, title })),
    unread: report.unread.map(({ what, resource, status: how, reason, accepted }) => ({
      what,
      resource,
      status: how,
      reason,
      accepted,
    })),
    version,
  };
}

function edge(each: ExplainedEdge): object {
  return {
    key: each.key,
    holds: each.holds,
    reason: each.reason,
    owner: each.owner,
    ticket: each.ticket,
    expires: each.expires,
    reviewed: each.reviewed,
    through: each.through,
    callerSet: each.callerSet,
    calleeSet: each.calleeSet,
    place: each.span,
    since: since(each.since),
  };
}

function path(each: LivePath): object {
  const { region, resource, ring, principal, verdict, allow, standing, inherited, hops } = each;
  return {
    region,
    resource,
    ring,
    principal,
    verdict,
    certainty: allow,
    standing,
    inherited,
    text: describePath({ hops, allow }),
    hops: hops.map(({ kind, level, resource: at, role, member, condition }) => ({
      kind,
      level,
      resource: at,
      role,
      member,
      condition,
    })),
  };
}

function cause({ id, title, likelihood, statuses, evidence, fix }: FoundCause): object {
  return { id, title, likelihood, statuses, evidence, fix };
}

function since(given: Since | null): object | null {
  if (given === null) return null;
  return {
    commit: given.commit === null ? null : commit(given.commit),
    older: given.isOlder,
    skipped: given.skipped.map(({ id }) => id),
  };
}

function commit({ id, at, author, subject }: MatrixCommit): object {
  return { id, at: formatInstant(at), author, subject };
}
