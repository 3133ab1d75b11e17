import { createHash } from "node:crypto";
import type { Hop, Path } from "../../../src/access/access.ts";
import type { AccessRow, DriftFinding, DriftReport, UnreadEntry } from "../../../src/drift/drift-report.ts";
import { driftRuleIdList } from "../../../src/matrix/rules/drift-rule-ids.ts";
import type { DriftFormatOptions } from "../../../src/report/drift/drift-format.ts";

export const options: DriftFormatOptions = {
  color: false,
  width: 100,
  verbose: false,
  quiet: false,
  failOn: "warning",
  rules: driftRuleIdList.map((id) => ({ id, summary: `what ${id} finds`, severity: "error" })),
  version: "0.1.0",
};

export const PROJECT = "projects/acme-prod";
export const CHECKOUT = "serviceAccount:checkout-sa@acme-prod.iam.gserviceaccount.com";

export function hopOf(hop: Partial<Hop>): Hop {
  const base = {
    kind: "binding",
    level: "project",
    resource: PROJECT,
    role: "roles/run.invoker",
    member: CHECKOUT,
  } as const;
  return { ...base, condition: null, ...hop };
}

export function pathOf(...hops: readonly Partial<Hop>[]): Path {
  return { hops: hops.map(hopOf), allow: "allowed", managed: false };
}

export function rowOf(row: Partial<AccessRow>): AccessRow {
  const hop = hopOf({ level: "service", resource: `${PROJECT}/locations/europe-west1/services/billing-api` });
  return {
    service: "billing",
    name: "billing-api",
    resource: "projects/acme-prod/locations/europe-west1/services/billing",
    region: "europe-west1",
    project: "acme-prod",
    principal: CHECKOUT,
    caller: "checkout",
    declared: true,
    verdict: "allowed",
    ring: "direct",
    managed: false,
    through: null,
    denyUnread: false,
    paths: [{ declared: true, standing: "declared", managed: false, inherited: null, allow: "allowed", hops: [hop] }],
    ...row,
  };
}

export function findingOf(finding: Partial<DriftFinding>): DriftFinding {
  const { rule = "undeclared-caller", message = "a message" } = finding;
  return {
    rule,
    severity: "error",
    confidence: "certain",
    service: null,
    services: [],
    principal: null,
    resource: null,
    role: null,
    message,
    fix: null,
    paths: [],
    fingerprint: createHash("sha256").update(`${rule} ${message}`).digest("hex"),
    accepted: null,
    pending: false,
    criteria: ["CC6.1"],
    attribution: null,
    span: null,
    ...finding,
  };
}

export function unreadOf(entry: Partial<UnreadEntry>): UnreadEntry {
  return {
    what: "IAM policy",
    resource: `${PROJECT}/locations/europe-west1/services/billing-api`,
    status: "denied",
    reason: "Permission 'run.services.getIamPolicy' denied",
    services: ["billing"],
    accepted: null,
    ...entry,
  };
}

/** A report with the counts that its parts come to. */
export function reportOf(report: Partial<DriftReport>): DriftReport {
  const { findings = [], access = [rowOf({})] } = report;
  const open = (severity: string): number =>
    findings.filter((each) => each.accepted === null && !each.pending && each.severity === severity).length;
  return {
    environment: "prod",
    matrix: "matrix.yaml",
    asOf: "2026-11-22T07:01:40Z",
    snapshot: {
      startedAt: "2026-11-22T07:01:31Z",
      finishedAt: "2026-11-22T07:01:40Z",
      reader: "drift-reader@acme-audit.iam.gserviceaccount.com",
      sha256: "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef",
      endpoints: {},
    },
    complete: true,
    unread: [],
    summary: {
      services: 14,
      callers: 31,
      undeclared: access.filter(({ declared }) => !declared).length,
      findings: { error: open("error"), warning: open("warning"), info: open("info") },
      accepted: findings.filter(({ accepted }) => accepted !== null).length,
      pending: findings.filter(({ accepted, pending }) => accepted === null && pending).length,
    },
    horizon: [{ resource: "organizations/111", read: true, reason: null }],
    unexpanded: [],
    builtInRoles: [],
    running: [],
    ...report,
    access,
    findings,
  };
}
