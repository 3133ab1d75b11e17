import type { AccessRow, DeclaredPath } from "../drift/drift-report.ts";
import type { EdgeFact, Grid, GridCallee, GridCaller } from "../ask/grid.ts";
import { isOpen } from "../report/drift/drift-format.ts";
import { describePath } from "../report/access/describe-path.ts";
import { edgeFacts } from "./edge-facts.ts";
import { showHidden } from "./escape-html.ts";
import { createInterner } from "./interner.ts";
import { calleeFacts, callerFacts, type Fact, labelTexts } from "./member-facts.ts";
import type {
  CalleeData,
  CallerData,
  CellData,
  EdgeData,
  FactData,
  HopData,
  PageData,
  PathData,
  RowData,
} from "./page-data.ts";
import type { PageInput } from "./page-input.ts";

/** A grid as the script of the page reads it: small, and with nothing in it that cannot be shown. */
export function buildPageData({ grid, history }: Pick<PageInput, "grid" | "history">): PageData {
  const tables = createTables();
  const places = numbersOf(grid);
  const principals = new Map(grid.callers.map(({ id, principal }) => [id, principal]));
  const edges = createInterner<EdgeFact>(({ key, environment, span }) =>
    JSON.stringify([key, environment, span.file, span.line, span.column]),
  );
  const cells = grid.cells.map((cell): CellData => [
    places.callee(cell.callee),
    places.caller(cell.caller),
    cell.state,
    cell.edges.map(edges.add),
    cell.rows.map((row) => tables.row(row, principals.get(cell.caller))),
    cell.findings,
  ]);
  const callees = grid.callees.map((callee) => calleeData(callee, tables.fact, places));
  const callers = grid.callers.map((caller) => callerData(caller, tables.fact, places));
  const edgeList = edges.list.map((edge): EdgeData => ({
    key: tables.text(edge.key),
    holds: edge.holds,
    facts: edgeFacts(edge, history).map(tables.fact),
  }));
  return {
    environment: showHidden(grid.environment),
    hasLive: grid.live !== null,
    callees,
    callers,
    edges: edgeList,
    cells,
    findings: grid.findings.map((finding) => ({
      rule: finding.rule,
      isOpen: isOpen(finding),
      services: finding.services.map(places.callee).filter((index) => index >= 0),
    })),
    ...tables.lists(),
  };
}

/** The lists that others point into. */
function createTables() {
  const strings = createInterner<string>((value) => value);
  const hops = createInterner<HopData>((value) => value.join());
  const paths = createInterner<PathData>((value) => value.join());
  const rows = createInterner<RowData>((value) => value.join());
  const text = (value: string): number => strings.add(showHidden(value));
  const path = ({ hops: steps, declared, inherited }: DeclaredPath): number => {
    const standing = inherited !== null ? `inherited as ${inherited}` : declared ? "declared" : "not declared";
    const hop = (step: DeclaredPath["hops"][number]): number =>
      hops.add([text(describePath({ hops: [step] })), text(step.level)]);
    return paths.add([text(standing), ...steps.map(hop)]);
  };
  return {
    text,
    fact: ([label, value]: Fact): FactData => [text(label), text(value)],
    row: (row: AccessRow, usual: string | undefined): number =>
      rows.add([text(whereOf(row, usual)), text(verdictOf(row)), text(row.ring), ...row.paths.map(path)]),
    lists: (): Pick<PageData, "strings" | "hops" | "paths" | "rows"> => ({
      strings: strings.list,
      hops: hops.list,
      paths: paths.list,
      rows: rows.list,
    }),
  };
}

function whereOf({ region, through, principal }: AccessRow, usual: string | undefined): string {
  const as = principal === usual ? "" : ` as ${principal}`;
  return `${region}${as}${through === null ? "" : `, through ${through}`}`;
}

function verdictOf({ verdict, denyUnread }: AccessRow): string {
  return denyUnread ? `${verdict}, and deny policies above it were not read` : verdict;
}

interface Places {
  /** -1 where there is none. */
  readonly callee: (id: string) => number;
  readonly caller: (id: string) => number;
}

function numbersOf(grid: Grid): Places {
  const number = (ids: readonly string[]): ((id: string) => number) => {
    const places = new Map(ids.map((id, index) => [id, index]));
    return (id) => places.get(id) ?? -1;
  };
  return { callee: number(grid.callees.map(({ id }) => id)), caller: number(grid.callers.map(({ id }) => id)) };
}

function calleeData(callee: GridCallee, fact: (fact: Fact) => FactData, places: Places): CalleeData {
  const facts = calleeFacts(callee);
  const caller = callee.key === null ? -1 : places.caller(callee.key);
  return { ...memberData(callee, facts, fact), ...(caller < 0 ? {} : { caller }) };
}

function callerData(member: GridCaller, fact: (fact: Fact) => FactData, places: Places): CallerData {
  const facts = callerFacts(member);
  const callee = member.key === null ? -1 : places.callee(member.key);
  return { ...memberData(member, facts, fact), ...(callee < 0 ? {} : { callee }) };
}

function memberData(
  { id, key, kind, owner, labels }: GridCallee | GridCaller,
  facts: readonly Fact[],
  fact: (fact: Fact) => FactData,
): CalleeData & CallerData {
  const texts = labelTexts(labels).map(showHidden);
  return {
    id: showHidden(id),
    kind,
    ...(key === null && kind !== "internet" ? { isForeign: true } : {}),
    ...(owner === null ? {} : { owner: showHidden(owner) }),
    ...(texts.length === 0 ? {} : { labels: texts }),
    facts: facts.map(fact),
  };
}
