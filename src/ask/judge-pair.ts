import type { DriftFinding } from "../drift/drift-report.ts";
import { INTERNET } from "../matrix/model/match-selector.ts";
import { principalIn } from "../matrix/model/principal-of.ts";
import type { Service, World } from "../matrix/model/world.ts";
import type { AskJudge, JudgedCall, JudgedPlace } from "./ask-judge.ts";
import type { LiveFacts, PairFacts } from "./cell-state.ts";
import type { DeclaredPair } from "./declared-pairs.ts";
import type { GridCell } from "./grid.ts";
import { identitiesOf } from "./identities.ts";
import { accusedBy, isAccused, type LivePairs, principalsOf } from "./live-pairs.ts";
import type { AccessRow, DriftReport } from "../drift/drift-report.ts";

/** What is live of a grid, ready to be asked. */
export interface LiveSource {
  readonly drift: DriftReport;
  readonly pairs: LivePairs;
  readonly judge: AskJudge;
}

/** One pair, as far as the matrix tells of it. */
export interface Pair {
  readonly callee: string;
  readonly caller: string;
  /** The callee, where the matrix has it. */
  readonly service: Service | undefined;
  readonly pair: DeclaredPair | undefined;
  readonly said: PairFacts["declared"];
}

/** What is live of a pair: what bears on its state, and what a cell shows. */
export interface JudgedPair extends Pick<GridCell, "rows" | "verdict" | "as" | "sets"> {
  readonly facts: LiveFacts;
}

/**
 * Judges a pair by the one judge of calls: whether it may call at all, and whether it may in every place and way in which
 * it is to.
 * @param own the rows that tell of the caller, whether or not they let it in
 * @param findings about the pair
 */
export function judgePair(
  of: Pair,
  own: readonly AccessRow[],
  findings: readonly DriftFinding[],
  { drift, pairs, judge }: LiveSource,
  world: World,
): JudgedPair {
  const call = judge.judge(identitiesOf(of.caller, drift, world), of.callee);
  const places = isToHold(of) ? placesOf(of, judge, world) : [];
  const facts: LiveFacts = {
    rows: own,
    inDoubt: pairs.isInDoubt(of.callee),
    accused: accusedBy(findings),
    isAccused: isAccused(findings) || own.some(pairs.hasOpenGrant),
    // That it may be in a set that nobody looked into is no grant: drift says that it holds none.
    lacks: places.some(({ ways }) => ways.every(({ membership }) => membership === "maybe")),
    isSure: places.every(({ ways }) => ways.some(({ verdict }) => verdict === "allowed")),
    isAsDeclared: places.every(({ ways }) => ways.some(isDeclared)),
  };
  const ended = of.said === "ended" ? call.ways : [];
  const found = [...places.flatMap(({ ways }) => ways), ...ended].filter(
    ({ row, membership, verdict }) => membership !== "maybe" && verdict !== "denied" && row.ring !== "indirect",
  );
  return {
    facts,
    rows: [...new Set([...own, ...found.map(({ row }) => row)])],
    verdict: call.verdict,
    as: otherAccount(of, call, judge, world),
    sets: call.verdict === "unknown" ? call.sets : [],
  };
}

function isToHold({ service, said }: Pair): boolean {
  return service !== undefined && (said === "holds" || said === "public");
}

type Ways = Pick<JudgedPlace, "ways">;

/** The ways by which the caller may call, or may perhaps, for each place and way in which it is to. */
function placesOf({ callee, caller, service, pair }: Pair, judge: AskJudge, world: World): readonly Ways[] {
  const principal = caller === INTERNET ? "allUsers" : (principalIn(world, caller) ?? caller);
  const rings = caller === INTERNET ? ["direct" as const] : [...(pair?.ways ?? [])];
  const { places } = judge.judge(new Set([principal]), callee);
  return (service?.regions ?? []).flatMap((region) => {
    const ways = places.find((place) => place.region === region)?.ways ?? [];
    return rings.map((ring) => ({
      ways: ways.filter(({ row, verdict }) => row.ring === ring && verdict !== "denied"),
    }));
  });
}

/** Whether a way is surely the one that the matrix declares: the caller's own grant, or that of a declared set of which it is. */
function isDeclared({ membership, row }: JudgedPlace["ways"][number]): boolean {
  return (
    membership === "own" &&
    row.paths.some(({ standing, allow }) => (standing === "declared" || standing === "within") && allow === "allowed")
  );
}

/** The account that a service runs as, where that lets it in and none that the matrix gives it does. */
function otherAccount({ callee, caller }: Pair, call: JudgedCall, judge: AskJudge, world: World): string | null {
  const { as, verdict } = call;
  if (as === null || verdict === "denied" || verdict === "no") return null;
  const named = principalsOf(caller, world);
  if (named.has(as)) return null;
  const itself = judge.judge(named, callee).verdict;
  return itself === "no" || itself === "denied" ? as : null;
}
