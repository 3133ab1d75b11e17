import type { Finding, RelatedPlace } from "../../src/finding/finding.ts";
import { lineAt, type SourceText, sourceText, type Span, spanOf } from "../../src/matrix/text/source-text.ts";
import type { FindingReport, FormatOptions } from "../../src/report/findings/finding-report.ts";

const root = sourceText(
  "matrix.yaml",
  `version: 1

environments:
  staging: { project: shop-staging }
  prod: { project: shop-prod }

include: [teams/*.yaml]

services:
  billing:
    owner: team-payments
    public: { reason: "" }
  checkout:
    owner: team-checkout
    ingress: all
\tlabels: { 数据: 顧客データ, tier: gold }

trust:
  frontend -> checkout: Places the order
  checkout -> billing: Captures the payment
  checkout -> biling: Refunds the payment
  checkout -> billing: Captures it again
  group:sre@shop.example -> billing: { reason: "On call: looks at failed captures, restarts the capture loop, repairs ledgers by hand and tells the bank about it", until: 2026-12-31 }
`,
);

const included = sourceText("teams/search.yaml", `services:\n  search: { owner: team-search }\n`);

/** The place of a text in a file, from one word to the end of another. */
export function spanIn(source: SourceText, first: string, last = first): Span {
  const start = source.text.indexOf(first);
  return spanOf(source, start, source.text.indexOf(last, start) + last.length);
}

function at(source: SourceText, first: string, last = first): Pick<Finding, "span" | "line"> {
  const span = spanIn(source, first, last);
  return { span, line: lineAt(source, span.line) };
}

function related(message: string, source: SourceText, word: string): RelatedPlace {
  return { message, ...at(source, word) };
}

const findings: readonly Finding[] = [
  {
    rule: "public-without-reason",
    severity: "warning",
    message: "billing is public without a reason",
    help: "say why everybody may call it",
    environments: ["prod", "staging"],
    ...at(root, "public"),
    related: [],
    stopsSynth: false,
  },
  {
    rule: "open-ingress",
    severity: "info",
    message: "checkout takes requests from the whole internet and is not public",
    environments: ["staging"],
    ...at(root, "ingress: all"),
    related: [],
    stopsSynth: false,
  },
  {
    rule: "yaml",
    severity: "error",
    message: "a tab cannot indent",
    help: "use spaces",
    environments: [],
    ...at(root, "顧客データ"),
    related: [],
    stopsSynth: true,
  },
  {
    rule: "unknown-name",
    severity: "error",
    message: 'no service or set of services is called "biling"',
    help: 'did you mean "billing"?',
    environments: [],
    ...at(root, "biling"),
    related: [],
    stopsSynth: true,
  },
  {
    rule: "duplicate-edge",
    severity: "error",
    message: "the edge checkout -> billing is given twice",
    help: "delete one of them",
    environments: [],
    ...at(root, "checkout -> billing: Captures it", "billing"),
    related: [related("the first stands here", root, "checkout -> billing")],
    stopsSynth: true,
  },
  {
    rule: "expiring-soon",
    severity: "warning",
    message: "the edge group:sre@shop.example -> billing ends on 2026-12-31",
    help: "delete it, or have a later date approved",
    environments: ["prod"],
    ...at(root, "2026-12-31"),
    related: [],
    stopsSynth: false,
  },
  {
    rule: "uncalled-service",
    severity: "info",
    message: "nobody may call search",
    help: "add an edge, or say retired: true",
    environments: [],
    ...at(included, "search"),
    related: [related("the first environment stands here", root, "staging")],
    acceptedBy: "EX-7",
    stopsSynth: false,
  },
];

/** A report with a bit of everything. */
export const report: FindingReport = {
  findings,
  failOn: "warning",
  summary: { services: 3, callers: 1, edges: 5, environments: 2 },
  files: ["matrix.yaml", "teams/search.yaml", "teams/web.yaml"],
  environments: ["prod", "staging"],
  rules: [
    { id: "yaml", summary: "text that is not the YAML that matrix reads", severity: "error" },
    { id: "unknown-name", summary: "a name that nothing in the matrix has", severity: "error" },
    { id: "duplicate-edge", summary: "the same edge given twice", severity: "error" },
    { id: "set-cycle", summary: "a set that holds itself", severity: "error" },
    { id: "expiring-soon", summary: "what ends within the time that the matrix sets", severity: "warning" },
    { id: "public-without-reason", summary: "a public service without a reason", severity: "warning" },
    { id: "open-ingress", summary: "a service open to the internet that is not public", severity: "info" },
    { id: "uncalled-service", summary: "a service that nobody may call", severity: "info" },
  ],
  version: "0.1.0",
};

export const cleanReport: FindingReport = { ...report, findings: [], files: ["matrix.yaml"] };

export const plain: FormatOptions = { color: false, width: 100, verbose: false, quiet: false };

/** A report of one finding, given by what is special about it. */
export function reportOf(finding: Partial<Finding>): FindingReport {
  const base: Finding = {
    rule: "unknown-name",
    severity: "error",
    message: "a message",
    environments: [],
    span: { file: "matrix.yaml", line: 3, column: 3, endLine: 3, endColumn: 6 },
    line: "  abc: def",
    related: [],
    stopsSynth: true,
  };
  return { ...report, findings: [{ ...base, ...finding }], files: [(finding.span ?? base.span).file] };
}
