import type { Path, Verdict } from "../access/access.ts";
import { isSetOfMany } from "../access/holding.ts";
import { parseMember } from "../access/member.ts";
import { CallerNames } from "../drift/caller-names.ts";
import type { AccessRow, DriftReport } from "../drift/drift-report.ts";
import { declaredSteps } from "../matrix/model/broken-paths.ts";
import { INTERNET } from "../matrix/model/match-selector.ts";
import { principalOf } from "../matrix/model/principal-of.ts";
import type { World } from "../matrix/model/world.ts";
import { groupBy } from "../words/group-by.ts";
import type { AskJudge } from "./ask-judge.ts";
import { accountHub, setHub } from "./hub.ts";
import { principalName } from "./identities.ts";
import { calleeId, isEverybody } from "./live-pairs.ts";

/** One call that can be made, by the names of a grid; or one half of it, to or from a hub. */
export interface Step {
  readonly caller: string;
  readonly callee: string;
  readonly how: "call" | "everybody" | "set" | "indirect";
  /** How sure; null where only the matrix says so. */
  readonly verdict: Exclude<Verdict, "denied"> | null;
  /** What makes it so, where it is live. */
  readonly hops: Path["hops"];
  /** The set that lets it in, where nobody knows whether the caller is in it. */
  readonly inDoubt: string | null;
}

/** What the matrix lets whom call: by edges, by being open to everybody, and by sharing an account with somebody. */
export function stepsDeclared(world: World): readonly Step[] {
  const own = declaredSteps(world).map(({ caller, callee }) =>
    plainStep(caller, callee, caller === INTERNET ? "everybody" : "call"),
  );
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

function plainStep(caller: string, callee: string, how: Step["how"]): Step {
  return { caller, callee, how, verdict: null, hops: [], inDoubt: null };
}

/**
 * What is live: every row that lets somebody in, by the names that call as its principal, and who is in which set.
 * @param everybody whether each name comes in with everybody else too; without, `internet` alone does
 */
export function stepsLive(drift: DriftReport, world: World, judge: AskJudge, everybody = false): readonly Step[] {
  const names = namesByPrincipal(drift, world);
  const steps: Step[] = [];
  const sets = new Map<string, AccessRow[]>();
  for (const row of drift.access) {
    const { principal } = row;
    if (isSetOfMany(parseMember(principal)) && (everybody || !isEverybody(principal))) {
      const known = sets.get(principal);
      if (known === undefined) sets.set(principal, [row]);
      else known.push(row);
    }
    const callee = calleeId(row);
    const caller = callerFor(principal, names);
    const step = liveStep(row, principal, { caller, callee }, judge);
    if (step !== undefined && caller !== callee) steps.push(step);
  }
  for (const [principal, own] of names) {
    if (own.length > 1) for (const name of own) steps.push(plainStep(name, accountHub(principal), "call"));
  }
  for (const [set, rows] of sets) for (const step of setSteps(set, rows, names, judge)) steps.push(step);
  return steps;
}

/** Who calls as a principal, where it is one name; else the hub that they share. */
function callerFor(principal: string, names: ReadonlyMap<string, readonly string[]>): string {
  if (isEverybody(principal)) return INTERNET;
  const [name, another] = names.get(principal) ?? [];
  if (name === undefined) return principalName(principal);
  return another === undefined ? name : accountHub(principal);
}

/** Names by the principals that they call as: declared, once declared, and really. */
function namesByPrincipal(drift: DriftReport, world: World): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, Set<string>>();
  const add = (principal: string, name: string): void => {
    const known = found.get(principal);
    if (known === undefined) found.set(principal, new Set([name]));
    else known.add(name);
  };
  for (const [principal, names] of new CallerNames(world).entries()) for (const name of names) add(principal, name);
  for (const { account, ...running } of drift.running) {
    if (account !== null) add(parseMember(`serviceAccount:${account}`).principal, calleeId(running));
  }
  return new Map([...found].map(([principal, names]) => [principal, [...names].sort()]));
}

/** What one row lets a principal do; undefined where it lets it do nothing. */
export function liveStep(
  row: AccessRow,
  principal: string,
  ends: Pick<Step, "caller" | "callee">,
  judge: Pick<AskJudge, "through">,
): Step | undefined {
  const { verdict } = judge.through(row, principal);
  if (verdict === "denied") return undefined;
  return { ...ends, verdict, how: howOf(row), hops: surestHops(row), inDoubt: null };
}

/** The way that a row rests on: of several the surest, of those the shortest. */
export function surestHops({ paths }: AccessRow): Path["hops"] {
  const order = ["allowed", "conditional", "unknown"] as const;
  const best = order.map((allow) => paths.find((path) => path.allow === allow)).find((path) => path !== undefined);
  return best?.hops ?? [];
}

function howOf({ ring, principal, through }: AccessRow): Step["how"] {
  if (ring === "indirect") return "indirect";
  if (isEverybody(principal)) return "everybody";
  return through === null && !isOpenSet(principal) ? "call" : "set";
}

function isOpenSet(principal: string): boolean {
  const { kind } = parseMember(principal);
  return kind === "domain" || kind === "accounts-below";
}

/** Who is in a set, surely or perhaps, and what the set may call: once for all whom deny policies treat alike. */
function* setSteps(
  set: string,
  rows: readonly AccessRow[],
  names: ReadonlyMap<string, readonly string[]>,
  judge: AskJudge,
): Iterable<Step> {
  const hubs = new Map<string, string>();
  // Members of a group that was read have rows of their own.
  const isCountedOut = parseMember(set).kind === "group";
  for (const [principal, own] of names) {
    const held = judge.holds(set, principal);
    if (held === "no" || (held === "yes" && isCountedOut)) continue;
    const hub = setHub(set, judge.denyClass(principal));
    if (!hubs.has(hub)) hubs.set(hub, principal);
    const sure =
      held === "yes" ? ({ verdict: null, inDoubt: null } as const) : ({ verdict: "unknown", inDoubt: set } as const);
    for (const caller of own) yield { ...plainStep(caller, hub, "set"), ...sure };
  }
  for (const [hub, principal] of hubs) {
    for (const row of rows) {
      const step = liveStep(row, principal, { caller: hub, callee: calleeId(row) }, judge);
      if (step !== undefined) yield step;
    }
  }
}
