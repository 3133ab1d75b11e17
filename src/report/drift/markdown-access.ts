import type { AccessRow, DriftReport } from "../../drift/drift-report.ts";
import { markdownTable } from "../markdown/markdown-table.ts";
import { markdownCode, markdownText } from "../markdown/markdown-text.ts";
import { describePath } from "../access/describe-path.ts";

/** The truth table: who can invoke what, by the shortest path. */
export function markdownAccess({ access }: DriftReport): readonly string[] {
  if (access.length === 0) return [];
  const rows = access.map((row) => [
    markdownCode(row.service ?? `${row.project}/${row.region}/${row.name}`),
    markdownCode(row.principal),
    row.verdict,
    row.ring,
    standing(row),
    ways(row),
  ]);
  return [
    "## Who can invoke what",
    "",
    ...markdownTable(["Service", "Principal", "Verdict", "Ring", "By the matrix", "Path"], rows),
    "",
  ];
}

/** What the matrix makes of a row. */
function standing({ declared, caller, managed, paths }: AccessRow): string {
  if (declared) return caller === null ? "declared" : `declared: ${markdownText(caller)}`;
  const inherited = paths.find((path) => path.inherited !== null)?.inherited;
  if (inherited !== undefined && inherited !== null) return `inherited: ${markdownText(inherited)}`;
  return managed ? "agent of Google" : "not declared";
}

function ways({ paths }: AccessRow): string {
  const [first, ...others] = paths;
  if (first === undefined) return "";
  return `${markdownText(describePath(first))}${others.length === 0 ? "" : ` (and ${others.length} more)`}`;
}
