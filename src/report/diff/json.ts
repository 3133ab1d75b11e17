import type { Approver, Change, DiffFinding, DiffSide, ReachPair } from "../../diff/diff-report.ts";
import { ruleDocs } from "../findings/rule-docs.ts";
import { formatJson } from "../json/format-json.ts";
import { placeJson } from "../json/place-json.ts";
import type { DiffFormatter } from "./diff-format.ts";

/** For programs, as `schemas/diff.schema.json` says. Every key is always there; what is not known is null. */
export const json: DiffFormatter = (report, { version }) =>
  formatJson({
    schema: "matrix/diff/v1",
    changed: report.changed,
    impact: report.impact,
    base: side(report.base),
    head: side(report.head),
    asOf: report.asOf,
    changes: report.changes.map(change),
    findings: report.findings.map(finding),
    reach: {
      gained: report.reach.gained.map(pair),
      lost: report.reach.lost.map(pair),
      gainedTotal: report.reach.gainedTotal,
      lostTotal: report.reach.lostTotal,
    },
    approvers: report.approvers.map(approver),
    environments: report.environments,
    version,
  });

function side({ name, commit, isPresent }: DiffSide): object {
  return { name, commit, isPresent };
}

function change(each: Change): object {
  const [only, ...others] = each.environments;
  return {
    kind: each.kind,
    subject: each.subject,
    environment: others.length === 0 ? (only ?? null) : null,
    environments: each.environments,
    from: each.from,
    to: each.to,
    before: each.before,
    after: each.after,
    impact: each.impact,
    rules: each.rules,
    fingerprint: each.fingerprint,
    place: placeJson(each.span),
    basePlace: placeJson(each.baseSpan),
  };
}

function finding(each: DiffFinding): object {
  return {
    rule: each.rule,
    severity: each.severity,
    message: each.message,
    help: each.help,
    environments: each.environments,
    subject: each.subject,
    path: each.path,
    matrixRule: each.matrixRule ?? null,
    count: each.count ?? null,
    changes: each.changes,
    fingerprint: each.fingerprint,
    docs: ruleDocs(each.rule),
    place: placeJson(each.span),
  };
}

function pair({ environment, from, to, path, sensitive }: ReachPair): ReachPair {
  return { environment, from, to, path, sensitive };
}

function approver({ owner, unowned, github, reasons, changes }: Approver): object {
  return { owner, unowned: unowned ?? null, github, reasons, changes };
}
