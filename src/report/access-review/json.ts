import type { ReviewedRow, ReviewReport, RowPast } from "../../access-review/review-report.ts";
import { rowName } from "../../access-review/review-rows.ts";
import { formatInstant } from "../../time/instant.ts";
import { formatJson } from "../json/format-json.ts";
import type { ReviewFormatter } from "./review-format.ts";

/** For programs, as `schemas/review.schema.json` says. Every key is always there; what is not known is null. */
export const json: ReviewFormatter = (report, { version }) => {
  const { matrix, asOf, environments, maxAge, sha256, history, summary } = report;
  return formatJson({
    schema: "matrix/review/v1",
    matrix,
    asOf,
    environments,
    maxAge,
    sha256,
    live: liveJson(report),
    history,
    summary,
    owners: report.owners.map(({ owner, contact, summary: own, rows, others }) => ({
      owner,
      contact,
      summary: own,
      rows: rows.map(rowJson),
      others: others.map((other) => ({
        kind: other.kind,
        what: other.what,
        environments: other.environments,
        reason: other.reason,
        expires: other.expires,
        hasEnded: other.hasEnded,
      })),
    })),
    version,
  });
};

function liveJson({ live }: ReviewReport): object | null {
  if (live === null) return null;
  const { finishedAt, sha256 } = live.snapshot;
  return { environment: live.environment, finishedAt, sha256, complete: live.complete };
}

function rowJson(row: ReviewedRow): object {
  return {
    row: rowName(row),
    edge: row.key,
    environments: row.environments,
    owners: row.owners,
    pairs: row.pairs.map(({ environment, caller, callee, principal, public: open, sensitive, holds }) => ({
      environment,
      caller,
      callee,
      principal,
      public: open,
      sensitive,
      holds,
    })),
    reason: row.reason,
    ticket: row.ticket,
    reviewed: row.reviewed,
    expires: row.expires,
    through: row.through,
    state: row.state,
    age: row.age,
    past: row.past === null ? null : pastJson(row.past),
    live:
      row.live?.map(({ caller, callee, state, findings, lastAuthenticated }) => ({
        caller,
        callee,
        state,
        findings,
        lastAuthenticated,
      })) ?? null,
    file: row.span.file,
    line: row.span.line,
    column: row.span.column,
  };
}

function pastJson({ since, isOlder, changes }: RowPast): object {
  return {
    since:
      since === null
        ? null
        : { commit: since.id, at: formatInstant(since.at), author: since.author, subject: since.subject },
    isOlder,
    changes: changes.map(({ kind, subject, environments, before, after }) => ({
      kind,
      subject,
      environments,
      before,
      after,
    })),
  };
}
