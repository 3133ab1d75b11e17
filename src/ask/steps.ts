import { parseMember } from "../access/member.ts";
import type { Path, Verdict } from "../access/access.ts";
import { CallerNames } from "../drift/caller-names.ts";
import type { AccessRow, DriftReport } from "../drift/drift-report.ts";
import { declaredSteps } from "../matrix/model/broken-paths.ts";
import { INTERNET } from "../matrix/model/match-selector.ts";
import { principalOf } from "../matrix/model/principal-of.ts";
import type { World } from "../matrix/model/world.ts";
import { groupBy } from "../words/group-by.ts";
import { calleeId, isEverybody } from "./live-pairs.ts";

/** One call that can be made, by the names of a grid. */
export interface Step {
  readonly caller: string;
  readonly callee: string;
  readonly how: "call" | "everybody" | "set" | "indirect";
  /** How sure; null where only the matrix says so. */
  readonly verdict: Exclude<Verdict, "denied"> | null;
  /** What makes it so, where it is live. */
  readonly hops: Path["hops"];
}

/** Whether a set that is not counted out holds a principal, both as policies write them. */
export type Contains = (set: string, principal: string) => boolean;

/** What the matrix lets whom call: by edges, by being open to everybody, and by sharing an account with somebody. */
export function stepsDeclared(world: World): readonly Step[] {
  const own = declaredSteps(world).map(({ caller, callee }): Step => ({
    caller,
    callee,
    how: caller === INTERNET ? "everybody" : "call",
    verdict: null,
    hops: [],
  }));
  const sharing = groupBy([...world.services.values(), ...world.callers.values()], (each) => principalOf(each));
  const twins = new Map(
    [...sharing.values()]
      .filter(({ length }) => length > 1)
      .flatMap((group) => group.map(({ key }) => [key, group.map((each) => each.key)] as const)),
  );
  return [...own, ...own.flatMap((step) => asTwins(step, twins.get(step.caller) ?? []))];
}

function asTwins(step: Step, twins: readonly string[]): readonly Step[] {
  return twins
    .filter((twin) => twin !== step.caller && twin !== step.callee)
    .map((twin) => ({ ...step, caller: twin }));
}

/** What is live: every row that is not denied, and what runs as whom. */
export function stepsLive(drift: DriftReport, world: World, contains: Contains): readonly Step[] {
  const names = new CallerNames(world);
  const idsOf = (principal: string): readonly string[] => {
    if (isEverybody(principal)) return [INTERNET];
    const known = names.namesOf(principal);
    return known.length > 0 ? known : [principal];
  };
  const own = drift.access.flatMap((row): readonly Step[] => {
    const { verdict } = row;
    if (verdict === "denied") return [];
    const callee = calleeId(row);
    return idsOf(row.principal)
      .filter((caller) => caller !== callee)
      .map((caller) => ({ caller, callee, verdict, how: howOf(row), hops: row.paths[0]?.hops ?? [] }));
  });
  return [...own, ...runningSteps(drift, own, names, contains)];
}

function howOf({ ring, principal, through }: AccessRow): Step["how"] {
  if (ring === "indirect") return "indirect";
  if (isEverybody(principal)) return "everybody";
  return through === null ? "call" : "set";
}

/** What a service may call as the account that it really runs as, where that is another, or through a set. */
function* runningSteps(
  drift: DriftReport,
  own: readonly Step[],
  names: CallerNames,
  contains: Contains,
): Iterable<Step> {
  const byCaller = groupBy(own, ({ caller }) => caller);
  const sets = [...byCaller.keys()].filter((caller) => isOpenSet(caller));
  for (const running of drift.running) {
    if (running.account === null) continue;
    const caller = calleeId(running);
    const principal = parseMember(`serviceAccount:${running.account}`).principal;
    const known = names.namesOf(principal);
    for (const id of known.length > 0 ? known : [principal]) {
      if (id === caller) continue;
      for (const step of byCaller.get(id) ?? []) if (step.callee !== caller) yield { ...step, caller };
    }
    for (const set of sets)
      if (contains(set, principal))
        for (const step of byCaller.get(set) ?? []) if (step.callee !== caller) yield { ...step, caller, how: "set" };
  }
}

function isOpenSet(caller: string): boolean {
  const { kind } = parseMember(caller);
  return kind === "domain" || kind === "accounts-below";
}

/** What one caller may call besides, since it is one of everybody, or in a set that is not counted out. */
export function stepsThroughSets(
  caller: string,
  principals: ReadonlySet<string>,
  steps: readonly Step[],
  contains: Contains,
): readonly Step[] {
  return steps.flatMap((step): readonly Step[] => {
    if (step.caller === caller || step.callee === caller || step.how === "indirect") return [];
    if (step.caller === INTERNET) return isForAll(step, principals, contains) ? [{ ...step, caller }] : [];
    if (!isOpenSet(step.caller)) return [];
    return [...principals].some((principal) => contains(step.caller, principal))
      ? [{ ...step, caller, how: "set" }]
      : [];
  });
}

/** Everybody is everybody; whoever is signed in to Google is not. */
function isForAll({ hops: [hop] }: Step, principals: ReadonlySet<string>, contains: Contains): boolean {
  if (hop?.member !== "allAuthenticatedUsers") return true;
  return [...principals].some((principal) => contains("allAuthenticatedUsers", principal));
}
