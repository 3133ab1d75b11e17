import { principalIn } from "../matrix/model/principal-of.ts";
import { groupBy } from "../words/group-by.ts";
import { compareText } from "../words/compare-text.ts";
import { formatInstant, type Instant } from "../time/instant.ts";
import type { ExpiredEdge } from "./changes-report.ts";
import { edgeName } from "./declared-then.ts";
import type { InForce } from "./in-force.ts";
import { type Judge, whoOf } from "./judge-changes.ts";
import { isGrant, type Timeline } from "./timeline.ts";

export interface Period {
  readonly from: Instant;
  /** The first moment after it. */
  readonly to: Instant;
  /** When versions of the matrix came into force in it. */
  readonly moments: readonly Instant[];
}

/**
 * The edges whose end lies in a period, and when each member truly disappeared from the row of its callee. An edge that
 * was prolonged or taken out before its end is none of them: the matrix in force at its end decides.
 * @param timeline until the end of the period
 */
export function expiriesIn(timeline: Timeline, period: Period, judge: Judge): readonly ExpiredEdge[] {
  const found = new Map<string, ExpiredEdge>();
  for (const end of endsBetween(period, judge.inForce)) {
    const inForce = judge.inForce(end);
    if (inForce.kind !== "known") continue;
    const { world, rows } = inForce.declared;
    const byKey = groupBy(rows, ([, { service }]) => service.key);
    for (const { edge, why } of world.idle) {
      const principal = principalIn(world, edge.caller);
      if (why !== "expired" || edge.clause.end !== end || edge.clause.through === "iap" || principal === undefined)
        continue;
      for (const [resource, { service, members }] of byKey.get(edge.callee) ?? []) {
        // Another edge may say the same for longer.
        if (members.has(principal)) continue;
        const named = { resource, role: service.invokerRole, member: principal, condition: null };
        found.set(JSON.stringify([resource, principal, end]), {
          edge: edgeName(edge),
          resource,
          member: principal,
          expired: formatInstant(end),
          ...outcomeOf(timeline, named, end, judge),
        });
      }
    }
  }
  return [...found.values()].sort(
    (a, b) =>
      compareText(a.expired, b.expired) || compareText(a.resource, b.resource) || compareText(a.member, b.member),
  );
}

function outcomeOf(
  timeline: Timeline,
  named: Parameters<typeof isGrant>[1],
  end: Instant,
  judge: Judge,
): Pick<ExpiredEdge, "outcome" | "goneAt" | "who" | "entry"> {
  const nothing = { goneAt: null, who: null, entry: null };
  const stood = timeline.intervals.filter((each) => isGrant(each, named));
  if (stood.some((each) => each.end === null)) return { outcome: "still-there", ...nothing };
  const mark = stood
    .flatMap((each) => each.end ?? [])
    .sort((a, b) => a.at - b.at)
    .at(-1);
  if (mark !== undefined)
    return {
      outcome: mark.at < end ? "gone-before" : "gone",
      goneAt: formatInstant(mark.at),
      who: whoOf(mark, judge),
      entry: mark.entry,
    };
  const isKnown = timeline.states.get(named.resource)?.grants != null;
  return { outcome: isKnown ? "gone-before" : "unknown", ...nothing };
}

/** Every end of an edge in a period, of any version in force then. */
function endsBetween({ from, to, moments }: Period, inForce: (at: Instant) => InForce): readonly Instant[] {
  const ends = new Set<Instant>();
  for (const at of [from, ...moments]) {
    const then = inForce(at);
    if (then.kind !== "known") continue;
    for (const { clauses } of then.matrix.edges)
      for (const { end } of clauses) if (end !== undefined && end >= from && end < to) ends.add(end);
  }
  return [...ends].sort((a, b) => a - b);
}
