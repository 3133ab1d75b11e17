import type { AccessRow, DriftReport } from "../drift/drift-report.ts";
import { INTERNET, selectorMatcher } from "../matrix/model/match-selector.ts";
import type { Matrix } from "../matrix/model/matrix.ts";
import type { Service, World } from "../matrix/model/world.ts";
import type { Place } from "../matrix/text/place.ts";
import type { Span } from "../matrix/text/source-text.ts";
import { formatInstant } from "../time/instant.ts";
import { compareText } from "../words/compare-text.ts";
import { groupBy } from "../words/group-by.ts";
import type { AskLive } from "./ask-live.ts";
import { cellState, type PairFacts } from "./cell-state.ts";
import { type DeclaredPair, declaredPairs } from "./declared-pairs.ts";
import type { Grid, GridCallee, GridCaller, GridCell, LiveNote } from "./grid.ts";
import { callerRank, declaredCallee, gridCaller, runningCallee } from "./grid-names.ts";
import { undeclaredRegions } from "./other-regions.ts";
import { widenUnread } from "./widen-unread.ts";
import { judgePair, type LiveSource } from "./judge-pair.ts";
import { calleeId, livePairs, principalsOf } from "./live-pairs.ts";
import { makeOutsideJudge, type OutsideJudge } from "./outside/outside-judge.ts";

/** What a grid is made of: what is live, too, of the same environment, where that was looked at. */
export type GridSource = AskLive & GridAsked;

interface GridAsked {
  readonly matrix: Matrix;
  /** The root file of the matrix. */
  readonly name: string;
  readonly world: World;
  readonly locate: (at: Place) => Span;
  /** Only these callees, by their ids; all of them without. */
  readonly only?: ReadonlySet<string>;
}

/** Who may call what in one environment. Pure. */
export function buildGrid({ matrix, name, world, locate, only, ...source }: GridSource): Grid {
  const drift = source.drift === null ? null : { ...source.drift, unread: widenUnread(source.drift, world) };
  const isAsked = (callee: string): boolean => only?.has(callee) !== false;
  const live =
    drift === null || source.judge === null ? null : { drift, judge: source.judge, pairs: livePairs(drift, world) };
  const declared = declaredPairs(world, locate, isAsked);
  const callees = calleesOf(matrix, world, locate, drift, isAsked);
  const cells = callees.flatMap((callee) =>
    cellsOf(callee, { world, declared: declared.get(callee.id) ?? new Map(), live }),
  );
  const outsideOf = source.judge?.outsideOf ?? makeOutsideJudge(world, null);
  const callers = callersOf(cells, { world, locate, outsideOf }, only === undefined);
  return {
    environment: world.environment.name,
    matrix: name,
    asOf: drift?.asOf ?? formatInstant(matrix.asOf),
    live: drift === null ? null : liveNote(drift),
    callees,
    callers,
    cells: inOrder(cells, callers),
    findings: drift?.findings ?? [],
  };
}

function liveNote({ snapshot, complete, unread, horizon }: DriftReport): LiveNote {
  return { snapshot, complete, unread, horizon };
}

function calleesOf(
  { sensitive, expand }: Matrix,
  world: World,
  locate: (at: Place) => Span,
  drift: DriftReport | null,
  isAsked: (callee: string) => boolean,
): readonly GridCallee[] {
  const isSensitive = sensitive === undefined ? () => false : selectorMatcher(sensitive, world, expand);
  const running = (drift?.running ?? []).filter((each) => each.service === null && isAsked(calleeId(each)));
  const byKey = groupBy(drift?.running ?? [], calleeId);
  return [
    ...[...world.services.values()]
      .filter(({ key }) => isAsked(key))
      .map((service) => {
        const besides = undeclaredRegions(service, byKey.get(service.key) ?? []);
        return { ...declaredCallee(service, isSensitive(service.key), locate), undeclaredRegions: besides };
      })
      .sort((a, b) => compareText(a.id, b.id)),
    ...running.map(runningCallee).sort((a, b) => compareText(a.id, b.id)),
  ];
}

/** All that the matrix names, where nobody asked for less, and whoever has a cell. */
function callersOf(
  cells: readonly GridCell[],
  { world, locate, outsideOf }: Pick<GridAsked, "locate" | "world"> & { readonly outsideOf: OutsideJudge },
  isWhole: boolean,
): readonly GridCaller[] {
  const named = isWhole ? [INTERNET, ...world.services.keys(), ...world.callers.keys()] : [];
  return [...new Set([...named, ...cells.map(({ caller }) => caller)])]
    .map((id) => {
      const outside = outsideOf(id);
      return { ...gridCaller(id, world, locate), ...(outside === null ? {} : { outside }) };
    })
    .sort((a, b) => callerRank(a) - callerRank(b) || compareText(a.id, b.id));
}

/** By callee as they come, then in the order of callers. */
function inOrder(cells: readonly GridCell[], callers: readonly GridCaller[]): readonly GridCell[] {
  const ranks = new Map(callers.map(({ id }, rank) => [id, rank]));
  const calleeRanks = new Map<string, number>();
  for (const { callee } of cells) if (!calleeRanks.has(callee)) calleeRanks.set(callee, calleeRanks.size);
  return [...cells].sort(
    (a, b) =>
      (calleeRanks.get(a.callee) ?? 0) - (calleeRanks.get(b.callee) ?? 0) ||
      (ranks.get(a.caller) ?? 0) - (ranks.get(b.caller) ?? 0),
  );
}

interface CellSource {
  readonly world: World;
  readonly declared: ReadonlyMap<string, DeclaredPair>;
  readonly live: LiveSource | null;
}

function cellsOf({ id }: GridCallee, source: CellSource): readonly GridCell[] {
  const { world, declared, live } = source;
  const service = world.services.get(id);
  const rows = live?.pairs.rowsOf(id) ?? new Map<string, readonly AccessRow[]>();
  const found = new Set([...(isOpen(service) ? [INTERNET] : []), ...declared.keys(), ...rows.keys()]);
  const direct = [...found].flatMap((caller) => cellOf(id, caller, rows, source) ?? []);
  return [...direct, ...indirectCells(id, new Set(direct.map(({ caller }) => caller)), source)];
}

/** Those who may call only by taking on an identity or changing a policy, where a finding says so. */
function indirectCells(callee: string, known: ReadonlySet<string>, { world, live }: CellSource): readonly GridCell[] {
  const rows = groupBy(live?.pairs.indirectOf(callee) ?? [], (row) => row.caller ?? row.principal);
  return [...rows].flatMap(([caller, own]) => {
    if (known.has(caller) || caller === callee) return [];
    const findings = (live?.pairs.findingsOf(callee, principalsOf(caller, world)) ?? []).filter(
      (index) => live?.drift.findings[index]?.rule === "indirect-caller",
    );
    if (findings.length === 0) return [];
    const hasOpen = findings.some((index) => live?.drift.findings[index]?.accepted === null);
    return [
      {
        callee,
        caller,
        state: hasOpen ? "conditional" : "accepted",
        edges: [],
        rows: own,
        verdict: "conditional",
        as: null,
        sets: [],
        findings,
      },
    ];
  });
}

function cellOf(
  callee: string,
  caller: string,
  all: ReadonlyMap<string, readonly AccessRow[]>,
  { world, declared, live }: CellSource,
): GridCell | undefined {
  const service = world.services.get(callee);
  const pair = declared.get(caller);
  const said = declaredOf(service, caller, pair);
  const own = all.get(caller) ?? [];
  // What keeps a caller from outside from being its account is a finding about who it is there.
  const outsider = live?.judge.outsideOf(caller)?.member;
  const principals = new Set([
    ...principalsOf(caller, world),
    ...own.flatMap(({ through }) => through ?? []),
    ...(outsider == null ? [] : [outsider]),
  ]);
  const indexes = live?.pairs.findingsOf(callee, principals) ?? [];
  const findings = indexes.flatMap((index) => live?.drift.findings[index] ?? []);
  const judged = live === null ? null : judgePair({ callee, caller, service, pair, said }, own, findings, live, world);
  const state = cellState({ declared: said, live: judged?.facts ?? null });
  if (state === null) return undefined;
  return {
    callee,
    caller,
    state,
    edges: pair?.edges ?? [],
    rows: judged?.rows ?? [],
    verdict: judged?.verdict ?? null,
    as: judged?.as ?? null,
    sets: judged?.sets ?? [],
    findings: indexes,
  };
}

/** What the matrix says of one pair, in one word. */
function declaredOf(
  service: Service | undefined,
  caller: string,
  pair: DeclaredPair | undefined,
): PairFacts["declared"] {
  const holds = caller === INTERNET ? isOpen(service) : (pair?.ways.size ?? 0) > 0;
  if (holds && service?.stage === "planned") return "expected";
  if (holds) return caller === INTERNET ? "public" : "holds";
  return (pair?.edges.length ?? 0) > 0 ? "ended" : "nothing";
}

function isOpen(service: Service | undefined): boolean {
  return service?.public !== undefined && (service.stage === "live" || service.stage === "planned");
}
