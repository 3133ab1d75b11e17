import { compareText } from "../words/compare-text.ts";

export interface Pair {
  readonly caller: string;
  readonly callee: string;
}

/** Callers that stand together in the rows of several callees. */
export interface Offer {
  /** Sorted. */
  readonly members: readonly string[];
  /** Sorted. */
  readonly callees: readonly string[];
}

/** From how many rows on callers that stand in all of them are offered as a set. */
const MIN_ROWS = 3;
const MIN_MEMBERS = 2;
/** Above so many different rows only whole rows are compared, not what pairs of them have in common. */
const MAX_COMPARED = 300;

/**
 * Finds callers that stand together in three rows or more, the greatest saving first, and the pairs that no set covers.
 * The same pairs give the same sets, in whatever order they come.
 */
export function offerSets(pairs: readonly Pair[]): { readonly sets: readonly Offer[]; readonly rest: readonly Pair[] } {
  const [rows, calleesOf] = [new Map<string, Set<string>>(), new Map<string, Set<string>>()];
  for (const { caller, callee } of pairs) {
    addTo(rows, callee, caller);
    addTo(calleesOf, caller, callee);
  }
  const sets: Offer[] = [];
  const open = candidates(rows)
    .flatMap((members) => weigh(members, calleesOf) ?? [])
    .sort(byWeight);
  for (let best = open.shift(); best !== undefined; best = open.shift()) {
    // What others took can only have made it less: the first that is still what it was is the best of all.
    const now = weigh(best.members, calleesOf);
    if (now === undefined) continue;
    if (now.saved < best.saved) {
      open.splice(placeOf(now, open), 0, now);
      continue;
    }
    sets.push({ members: now.members, callees: now.callees });
    for (const member of now.members) for (const callee of now.callees) calleesOf.get(member)?.delete(callee);
  }
  const rest = [...calleesOf].flatMap(([caller, callees]) => [...callees].map((callee) => ({ caller, callee })));
  return {
    sets,
    rest: rest.sort((a, b) => compareText(a.callee, b.callee) || compareText(a.caller, b.caller)),
  };
}

function addTo(sets: Map<string, Set<string>>, key: string, value: string): void {
  const set = sets.get(key);
  if (set === undefined) sets.set(key, new Set([value]));
  else set.add(value);
}

interface Weighed extends Offer {
  /** How many edges fewer there are with the set. */
  readonly saved: number;
  readonly text: string;
}

function weigh(members: readonly string[], calleesOf: ReadonlyMap<string, ReadonlySet<string>>): Weighed | undefined {
  const [fewest, ...others] = members
    .map((member) => calleesOf.get(member) ?? new Set<string>())
    .sort((a, b) => a.size - b.size);
  const callees = [...(fewest ?? [])].filter((callee) => others.every((each) => each.has(callee)));
  if (callees.length < MIN_ROWS) return undefined;
  const saved = (members.length - 1) * callees.length - members.length;
  return { members, callees: callees.sort(compareText), saved, text: members.join(" ") };
}

function byWeight(a: Weighed, b: Weighed): number {
  return b.saved - a.saved || compareText(a.text, b.text);
}

function placeOf(weighed: Weighed, sorted: readonly Weighed[]): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = sorted[middle];
    if (other !== undefined && byWeight(other, weighed) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Groups of callers that may be worth a set: rows, and what two rows have in common. Each once. */
function candidates(rows: ReadonlyMap<string, ReadonlySet<string>>): readonly (readonly string[])[] {
  const different = new Map<string, readonly string[]>();
  const add = (members: readonly string[]): void => {
    if (members.length >= MIN_MEMBERS) different.set(members.join(" "), members);
  };
  for (const row of rows.values()) add([...row].sort(compareText));
  const whole = [...different.values()];
  if (whole.length > MAX_COMPARED) return whole;
  for (const [at, one] of whole.entries()) {
    const has = new Set(one);
    for (const other of whole.slice(at + 1)) add(other.filter((member) => has.has(member)));
  }
  return [...different.values()];
}
