import type { EntryId } from "../../audit/audit-entry.ts";
import type { AccessChange, ExpiredEdge, OtherChange, SettingChange, Who } from "../../audit/changes-report.ts";
import { formatJson } from "../json/format-json.ts";
import type { ChangesFormatter } from "./changes-format.ts";

/** For programs, as `schemas/changes.schema.json` says. Every key is always there; what is not known is null. */
export const json: ChangesFormatter = (report, { version }) => {
  const { items, duplicates, failed, outside, aside, unrelated, granted, removed, against } = report.summary;
  return formatJson({
    schema: "matrix/changes/v1",
    environment: report.environment,
    from: report.from,
    to: report.to,
    complete: report.complete,
    summary: { granted, removed, against, items, duplicates, failed, outside, aside, unrelated },
    gaps: report.gaps.map(({ kind, resource, from, to, message, help }) => ({
      kind,
      resource,
      from,
      to,
      message,
      help,
    })),
    changes: report.changes.map(change),
    settings: report.settings.map(setting),
    others: report.others.map(other),
    expiries: report.expiries.map(expiry),
    sources: report.sources.map(({ name, entries, first, last }) => ({ name, entries, first, last })),
    covered: report.covered.map(({ level, by }) => ({ level, by })),
    matrix: report.matrix,
    withoutHistory: report.withoutHistory,
    version,
  });
};

function change(each: AccessChange): object {
  return {
    at: each.at,
    change: each.change,
    resource: each.resource,
    level: each.level,
    service: each.service,
    role: each.role,
    member: each.member,
    condition: each.condition,
    relevance: each.relevance,
    way: each.way,
    standing: each.standing,
    declaredBy: each.declaredBy,
    commit: commit(each.commit),
    against: each.against,
    sure: each.sure,
    source: each.source,
    who: who(each.who),
    method: each.method,
    entry: entry(each.entry),
  };
}

function setting(each: SettingChange): object {
  return {
    at: each.at,
    resource: each.resource,
    service: each.service,
    setting: each.setting,
    before: each.before,
    after: each.after,
    standing: each.standing,
    declared: each.declared,
    commit: commit(each.commit),
    against: each.against,
    sure: each.sure,
    who: who(each.who),
    method: each.method,
    entry: entry(each.entry),
  };
}

function other({ at, what, resource, detail, mayOpen, who: actor, method, entry: id }: OtherChange): object {
  return { at, what, resource, detail, mayOpen, who: who(actor), method, entry: entry(id) };
}

function expiry(each: ExpiredEdge): object {
  const { edge, resource, member, expired, outcome, goneAt, notThereFrom, otherwise, who: actor, entry: id } = each;
  return {
    edge,
    resource,
    member,
    expired,
    outcome,
    goneAt,
    notThereFrom,
    otherwise,
    who: actor === null ? null : who(actor),
    entry: id === null ? null : entry(id),
  };
}

function who({ principal, delegation, userAgent, isApplier }: Who): object {
  return { principal, delegation, userAgent, applier: isApplier };
}

function commit(each: AccessChange["commit"]): object | null {
  return each === null ? null : { id: each.id, at: each.at };
}

function entry({ logName, timestamp, insertId }: EntryId): EntryId {
  return { logName, timestamp, insertId };
}
