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
  const rows = new Map<string, Set<string>>();
  for (const { caller, callee } of pairs) rows.set(callee, (rows.get(callee) ?? new Set()).add(caller));
  const sets: Offer[] = [];
  for (let best = bestOffer(rows); best !== undefined; best = bestOffer(rows)) {
    sets.push(best);
    for (const callee of best.callees) for (const member of best.members) rows.get(callee)?.delete(member);
  }
  const rest = [...rows].flatMap(([callee, callers]) => [...callers].map((caller) => ({ caller, callee })));
  return {
    sets,
    rest: rest.sort((a, b) => compareText(a.callee, b.callee) || compareText(a.caller, b.caller)),
  };
}

function bestOffer(rows: ReadonlyMap<string, ReadonlySet<string>>): Offer | undefined {
  let best: { readonly offer: Offer; readonly saved: number; readonly text: string } | undefined;
  const calleesOf = new Map<string, Set<string>>();
  for (const [callee, row] of rows)
    for (const caller of row) calleesOf.set(caller, (calleesOf.get(caller) ?? new Set()).add(callee));
  for (const members of candidates(rows)) {
    const [fewest, ...others] = members
      .map((member) => calleesOf.get(member) ?? new Set<string>())
      .sort((a, b) => a.size - b.size);
    const callees = [...(fewest ?? [])].filter((callee) => others.every((each) => each.has(callee)));
    if (callees.length < MIN_ROWS) continue;
    const saved = (members.length - 1) * callees.length - members.length;
    const text = members.join(" ");
    const isBetter =
      best === undefined || saved > best.saved || (saved === best.saved && compareText(text, best.text) < 0);
    if (isBetter) best = { offer: { members, callees: callees.sort(compareText) }, saved, text };
  }
  return best?.offer;
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
