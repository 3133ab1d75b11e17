import type { EdgeFact, Grid, GridCell } from "../../ask/grid.ts";
import { csvRow } from "../csv/csv-row.ts";

const header = [
  "environment",
  "caller",
  "caller_kind",
  "principal",
  "service",
  "service_owner",
  "project",
  "state",
  "verdict",
  "edges",
  "reasons",
  "tickets",
  "expires",
  "reviewed",
  "matrix",
  "findings",
];

/** The population that samples are drawn from: a row for each cell of the grid, in its order. */
export function populationCsv(grid: Grid): string {
  const callers = new Map(grid.callers.map((each) => [each.id, each]));
  const callees = new Map(grid.callees.map((each) => [each.id, each]));
  const rows = grid.cells.map((cell) => {
    const caller = callers.get(cell.caller);
    const callee = callees.get(cell.callee);
    const of = (field: (edge: EdgeFact) => string | null): string => joined(cell, field);
    return csvRow([
      grid.environment,
      cell.caller,
      caller?.kind ?? "",
      caller?.principal ?? "",
      cell.callee,
      callee?.owner ?? "",
      callee?.project ?? "",
      cell.state,
      cell.verdict ?? "",
      of(({ key }) => key),
      of(({ reason }) => reason),
      of(({ ticket }) => ticket),
      of(({ expires }) => expires),
      of(({ reviewed }) => reviewed),
      of(({ span }) => `${span.file}:${span.line}`),
      cell.findings.flatMap((index) => grid.findings[index]?.rule ?? []).join(" | "),
    ]);
  });
  return [csvRow(header), ...rows].map((row) => `${row}\n`).join("");
}

function joined({ edges }: GridCell, field: (edge: EdgeFact) => string | null): string {
  return edges.flatMap((edge) => field(edge) ?? []).join(" | ");
}
