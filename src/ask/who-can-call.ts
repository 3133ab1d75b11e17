import type { Path } from "../access/access.ts";
import { INTERNET } from "../matrix/model/match-selector.ts";
import { compareText } from "../words/compare-text.ts";
import type { CallerLine, CallersAnswer } from "./answers.ts";
import { askedOf, withSets, withUnread } from "./asked.ts";
import type { Grid, GridCaller, GridCell } from "./grid.ts";
import { makeReach } from "./reach.ts";
import type { Step } from "./steps.ts";

/**
 * Who can call one service: whoever may, was meant to, or may perhaps.
 * @param grid which need only have this service, where no steps are given
 * @param steps of everybody, where callers of callers are asked for
 */
export function whoCanCall(grid: Grid, service: string, steps: readonly Step[] | undefined): CallersAnswer | undefined {
  const callee = grid.callees.find(({ id }) => id === service);
  if (callee === undefined) return undefined;
  const own = grid.cells.filter((cell) => cell.callee === service);
  const callers = new Map(grid.callers.map((each) => [each.id, each]));
  const direct = own.map((cell) => ({
    ...aboutCaller(cell.caller, callers),
    distance: 1,
    path: [cell.caller, service],
    ...aboutCell(cell, grid),
    ways: waysOf(cell),
  }));
  const further =
    steps === undefined
      ? []
      : furtherLines(grid, service, steps, new Set(own.filter(opens).map(({ caller }) => caller)), callers);
  const lines = [...direct, ...further];
  const asked = askedOf(grid, new Set([service, ...further.flatMap(({ path }) => path)]));
  return {
    ...withUnread(
      withSets(asked, lines),
      lines.flatMap(({ outside }) => outside?.unread ?? []),
    ),
    service: callee,
    callers: lines,
    transitive: steps !== undefined,
    history: null,
  };
}

/**
 * Whether callers of callers are told by a step. A set whose members were not read is a caller itself: everybody who might be
 * in it would hide who surely comes that way.
 */
export function isToList({ how, inDoubt }: Step): boolean {
  return how !== "indirect" && inDoubt === null;
}

/** Callers of callers, nearest first. */
function furtherLines(
  grid: Grid,
  service: string,
  steps: readonly Step[],
  known: ReadonlySet<string>,
  callers: ReadonlyMap<string, GridCaller>,
): readonly CallerLine[] {
  const cells = new Map(grid.cells.map((cell) => [`${cell.caller} ${cell.callee}`, cell]));
  return makeReach(steps.filter(isToList))
    .to(service)
    .filter(({ caller }) => !known.has(caller))
    .map(({ path, caller, distance }): CallerLine => ({
      ...aboutCaller(caller, callers),
      distance,
      path,
      ...aboutCell(cells.get(`${caller} ${path[1] ?? ""}`), grid),
      ways: [],
    }))
    .sort((a, b) => a.distance - b.distance || compareText(a.caller, b.caller));
}

/** Whether the caller of a cell may call, surely or perhaps: as it is live where that was looked at. */
export function opens({ state, verdict }: GridCell): boolean {
  if (verdict === null) return state === "declared" || state === "public";
  return verdict === "allowed" || verdict === "conditional" || verdict === "unknown";
}

function aboutCaller(
  id: string,
  callers: ReadonlyMap<string, GridCaller>,
): Pick<CallerLine, "caller" | "kind" | "outside" | "principal" | "since" | "workload"> {
  const { kind = "principal", workload = null, outside = null, principal = id } = callers.get(id) ?? {};
  return { caller: id, kind: id === INTERNET ? "internet" : kind, workload, outside, principal, since: null };
}

/** What runs as an account that is not its own has no cell: the account has. */
function aboutCell(
  cell: GridCell | undefined,
  { findings }: Grid,
): Pick<CallerLine, "state" | "verdict" | "as" | "sets" | "edges" | "findings"> {
  if (cell === undefined)
    return { state: "undeclared", verdict: "allowed", as: null, sets: [], edges: [], findings: [] };
  const { state, verdict, as, sets, edges } = cell;
  return {
    state,
    verdict,
    as,
    sets,
    edges,
    findings: [...new Set(cell.findings.flatMap((index) => findings[index]?.rule ?? []))],
  };
}

function waysOf({ rows }: GridCell): readonly Path["hops"][] {
  const ways = rows.flatMap(({ verdict, paths: [path] }) =>
    path === undefined || verdict === "denied" ? [] : [path.hops],
  );
  return [...new Map(ways.map((hops) => [JSON.stringify(hops), hops])).values()];
}
