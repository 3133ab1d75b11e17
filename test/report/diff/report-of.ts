import { createHash } from "node:crypto";
import type { ChangeKind } from "../../../src/diff/change-kind.ts";
import type { Approver, Change, DiffFinding, DiffReport, ReachPair } from "../../../src/diff/diff-report.ts";
import { diffRuleIdList } from "../../../src/diff/diff-rule-ids.ts";
import type { Span } from "../../../src/matrix/text/source-text.ts";
import type { DiffFormatOptions } from "../../../src/report/diff/diff-format.ts";

export const options: DiffFormatOptions = {
  color: false,
  width: 80,
  verbose: false,
  quiet: false,
  rules: diffRuleIdList.map((id) => ({ id, summary: `what ${id} finds`, severity: "warning" })),
  version: "0.1.0",
};

export function at(line: number, file = "matrix.yaml"): Span {
  return { file, line, column: 3, endLine: line, endColumn: 24 };
}

export function changeOf(kind: ChangeKind, subject: string | null, change: Partial<Change> = {}): Change {
  return {
    kind,
    subject,
    environments: ["prod"],
    from: null,
    to: null,
    before: null,
    after: null,
    impact: "neutral",
    rules: [],
    fingerprint: sha(["change", kind, subject, change.environments ?? []]),
    span: null,
    baseSpan: null,
    ...change,
  };
}

/** An edge that lets somebody call, or, as `edge-removed`, no longer does. */
export function edgeOf(
  kind: "edge-added" | "edge-removed",
  from: string,
  to: string,
  change: Partial<Change> = {},
): Change {
  const isAdded = kind === "edge-added";
  const said = { reason: `${from} needs ${to}` };
  return changeOf(kind, `${from} -> ${to}`, {
    from,
    to,
    before: isAdded ? null : said,
    after: isAdded ? said : null,
    impact: isAdded ? "broadens" : "narrows",
    rules: [isAdded ? "caller-gained" : "caller-lost"],
    ...(isAdded ? { span: at(42) } : { baseSpan: at(40) }),
    ...change,
  });
}

export function findingOf(finding: Partial<DiffFinding>): DiffFinding {
  const { rule = "internet-reaches", subject = null, path = [] } = finding;
  return {
    rule,
    severity: "warning",
    message: "a message",
    help: null,
    environments: ["prod"],
    subject,
    path,
    changes: [],
    fingerprint: sha(["finding", rule, subject, path]),
    span: null,
    ...finding,
  };
}

/** A pair by its path, in prod. */
export function pairOf(path: readonly string[], pair: Partial<ReachPair> = {}): ReachPair {
  return { environment: "prod", from: path[0] ?? "", to: path.at(-1) ?? "", path, sensitive: false, ...pair };
}

export function approverOf(owner: string | null, approver: Partial<Approver> = {}): Approver {
  return {
    owner,
    github: owner === null ? [] : [`@acme/${owner}`],
    reasons: ["callee-owner"],
    changes: [],
    ...approver,
  };
}

/** A report with the impact and the totals that its parts come to. */
export function reportOf(report: Partial<DiffReport> = {}): DiffReport {
  const { changes = [], reach } = report;
  const has = (impact: string): boolean => changes.some((change) => change.impact === impact);
  return {
    base: { name: "main:matrix.yaml", commit: "8c1f6f0e2d3b4a59687766554433221100ffeedd", isPresent: true },
    head: { name: "matrix.yaml", commit: null, isPresent: true },
    asOf: "2026-11-22T07:00:00Z",
    changed: changes.length > 0,
    impact: has("broadens") ? "broadens" : has("narrows") ? "narrows" : "neutral",
    changes,
    findings: [],
    reach: reach ?? { gained: [], lost: [], gainedTotal: 0, lostTotal: 0 },
    approvers: [],
    environments: ["prod"],
    ...report,
  };
}

export function reachOf(gained: readonly ReachPair[], lost: readonly ReachPair[] = []): DiffReport["reach"] {
  return { gained, lost, gainedTotal: gained.length, lostTotal: lost.length };
}

function sha(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex");
}
