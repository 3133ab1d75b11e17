import { principalIn } from "../matrix/model/principal-of.ts";
import { groupBy } from "../words/group-by.ts";
import { compareText } from "../words/compare-text.ts";
import { formatInstant, type Instant } from "../time/instant.ts";
import type { ExpiredEdge } from "./changes-report.ts";
import type { Gap } from "./gap.ts";
import { edgeName } from "./declared-then.ts";
import type { InForce } from "./in-force.ts";
import { type Judge, whoOf } from "./judge-changes.ts";
import { standingOf, wayInto } from "./judge-grant-event.ts";
import { type GrantInterval, isGrant, type NamedGrant, type Timeline } from "./timeline.ts";

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
  const intervals = groupBy(timeline.intervals, ({ grant }) => grant.member);
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
          ...outcomeOf({ ...timeline, intervals: intervals.get(principal) ?? [] }, named, end, judge, period.to),
        });
      }
    }
  }
  return [...found.values()].sort(
    (a, b) =>
      compareText(a.expired, b.expired) || compareText(a.resource, b.resource) || compareText(a.member, b.member),
  );
}

type Outcome = Omit<ExpiredEdge, "edge" | "resource" | "member" | "expired">;

function outcomeOf(timeline: Timeline, named: NamedGrant, end: Instant, judge: Judge, to: Instant): Outcome {
  const nothing = { goneAt: null, notThereFrom: null, otherwise: null, who: null, entry: null };
  const stood = timeline.intervals.filter((each) => isGrant(each, named));
  if (stood.some((each) => each.end === null)) return { outcome: "still-there", ...nothing };
  const known = timeline.knownSince.get(named.resource);
  const mark = stood
    .flatMap((each) => each.end ?? [])
    .sort((a, b) => a.at - b.at)
    .at(-1);
  if (mark === undefined && (known === undefined || (known !== null && known > end)))
    return { ...nothing, outcome: "unknown", notThereFrom: known == null ? null : formatInstant(known) };
  const gone: Outcome =
    mark === undefined
      ? { outcome: "gone-before", ...nothing }
      : {
          ...nothing,
          outcome: mark.at < end ? "gone-before" : "gone",
          goneAt: formatInstant(mark.at),
          who: whoOf(mark, judge),
          entry: mark.entry,
        };
  const other = timeline.intervals.find((each) => isOtherwise(each, named, judge, to));
  if (other === undefined) return gone;
  const { role, condition } = other.grant;
  const words = `${role} on ${other.resource.name}${condition === null ? "" : `, if ${condition.expression}`}`;
  return { ...gone, outcome: "still-otherwise", otherwise: words };
}

/** Whether a grant that stands at the end lets the member in all the same, and nobody declared it. */
function isOtherwise({ resource, grant, end }: GrantInterval, named: NamedGrant, judge: Judge, to: Instant): boolean {
  if (end !== null || grant.member !== named.member) return false;
  const isAbove = resource.level === "project" || resource.level === "folder" || resource.level === "organization";
  const isItsProject = resource.level !== "project" || named.resource.startsWith(`${resource.name}/`);
  if (resource.name !== named.resource && !(isAbove && isItsProject)) return false;
  const inForce = judge.inForce((to - 1) as Instant);
  if (inForce.kind !== "known") return false;
  const way = wayInto({ resource, grant }, inForce.declared, judge.roles);
  if (way !== "invoke" && way !== "unknown-role") return false;
  const { standing } = standingOf({ resource, grant }, inForce.declared);
  return standing === "undeclared" || standing === "expired";
}

/** Of an edge that expired: the member may still be let in, and nobody knows. */
export function expiryGaps(expiries: readonly ExpiredEdge[]): readonly Gap[] {
  return expiries
    .filter(({ outcome }) => outcome === "unknown")
    .map(({ edge, resource, member, expired, notThereFrom }): Gap => ({
      kind: "expiry-unknown",
      resource,
      from: expired,
      to: notThereFrom,
      message: `${edge} expired, and when ${member} was removed is not known`,
      help: "give a snapshot of the start with --baseline",
    }));
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
