import type { MatrixHistory } from "../history/matrix-history.ts";
import type { Matrix } from "../matrix/model/matrix.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import { formatInstant, type Instant } from "../time/instant.ts";
import { afterBaseline } from "./after-baseline.ts";
import type { AuditEntry } from "./audit-entry.ts";
import { buildTimeline } from "./build-timeline.ts";
import type { ChangesReport } from "./changes-report.ts";
import type { DeclaredThen } from "./declared-then.ts";
import { expiriesIn, expiryGaps } from "./expiries.ts";
import type { Gap } from "./gap.ts";
import { type InForce, inForceAt, type MatrixInForce } from "./in-force.ts";
import { type Judge, judgeGrantEvent, judgeSettingEvent, tellOther } from "./judge-changes.ts";
import { type OrderedEntries, orderEntries } from "./order-entries.ts";
import { nameProjects, numbersIn } from "./project-numbers.ts";
import { type GivenLog, type ReadItems, readItems } from "./read-items.ts";
import { concerns, effectGaps, endGaps, matrixGaps } from "./record-gaps.ts";
import { RoleWays } from "./role-ways.ts";
import { numbersOf, snapshotStates } from "./snapshot-states.ts";
import type { Timeline } from "./timeline.ts";

export interface ChangesRequest {
  readonly environment: string;
  readonly matrix: string;
  readonly from: Instant;
  /** The first moment after the period. */
  readonly to: Instant;
  readonly logs: readonly GivenLog[];
  readonly covered: ChangesReport["covered"];
  /** Of reading the logs. */
  readonly gaps: readonly Gap[];
  /** What was there before; read before the period begins. */
  readonly baseline: Snapshot | undefined;
  /** What is there at the end. */
  readonly end: Snapshot | undefined;
  readonly history: MatrixHistory | undefined;
  readonly withoutHistory: string | null;
  /** The matrix as it is now, at a moment. */
  readonly judgeNow: (asOf: Instant) => Matrix | undefined;
  /** Emails in lower case. */
  readonly appliers: ReadonlySet<string>;
}

/** Who changed which access when, and what the matrix in force said of it. */
export function reportChanges(request: ChangesRequest): ChangesReport {
  const { from, to, baseline, end } = request;
  const read = readItems(request.logs);
  const numbers = numbersAround(read.entries, [baseline, end]);
  const force = inForceAt(request.history, request.judgeNow, request.environment, numbers);
  const inForce = force.between(from, to);
  const versions = versionsBetween(force, from, to);
  const ordered = orderNamed(read, mergeIds(numbers, versions));
  const timeline = replay(
    ordered.entries.filter(({ at }) => at < to),
    baseline,
  );
  const judge: Judge = {
    inForce: force.at,
    roles: new RoleWays([...(end?.roles ?? []), ...(baseline?.roles ?? [])], ordered.entries),
    appliers: request.appliers,
  };
  const isInPeriod = ({ mark }: { readonly mark: { readonly at: Instant } }): boolean => mark.at >= from;
  const isOurs = ({ resource }: { readonly resource: string | null }): boolean =>
    resource === null || concerns(resource, inForce.some(({ kind }) => kind === "unknown") ? [] : versions);
  const events = timeline.events.filter(isInPeriod);
  const changes = events.flatMap((event) => judgeGrantEvent(event, judge) ?? []);
  const deployments = timeline.settings.filter(isInPeriod);
  const settings = deployments.flatMap((event) => judgeSettingEvent(event, judge) ?? []);
  const others = timeline.others.filter(isInPeriod).filter(isOurs);
  const expiries = expiriesIn(timeline, { from, to, moments: force.moments(from, to) }, judge);
  // Levels that nobody read, and what was not understood, may be about anything.
  const gaps = [
    ...request.gaps,
    ...read.gaps,
    ...[
      ...timeline.gaps.filter((gap) => gap.to === null || gap.to >= formatInstant(from)),
      ...ordered.gaps.filter(({ at }) => at >= from && at < to).map(({ gap }) => gap),
      ...endGaps(ordered.entries, (entries) => replay(entries, baseline), baseline, end),
    ].filter(isOurs),
    ...effectGaps(others, versions),
    ...expiryGaps(expiries),
    ...matrixGaps(force, from, to, [...events, ...deployments]),
  ];
  return {
    environment: request.environment,
    matrix: request.matrix,
    from: formatInstant(from),
    to: formatInstant(to),
    sources: read.sources,
    covered: request.covered,
    withoutHistory: request.withoutHistory,
    complete: gaps.length === 0,
    gaps,
    summary: summaryOf(request, { read, ordered, events, changes, settings, expiries }),
    changes,
    settings,
    others: others.map((event) => tellOther(event, judge)),
    expiries,
  };
}

function summaryOf(
  { from, to }: ChangesRequest,
  found: Pick<ChangesReport, "changes" | "settings" | "expiries"> & {
    readonly read: ReadItems;
    readonly ordered: OrderedEntries;
    readonly events: Timeline["events"];
  },
): ChangesReport["summary"] {
  const { read, ordered, events, changes, settings, expiries } = found;
  const left = expiries.filter(({ outcome }) => outcome === "still-there" || outcome === "still-otherwise");
  return {
    items: read.items,
    duplicates: ordered.duplicates,
    failed: ordered.entries.filter(({ isFailed }) => isFailed).length,
    outside: ordered.entries.filter(({ at }) => at < from || at >= to).length,
    aside: read.aside,
    unrelated: events.filter(({ kind }) => kind !== "holds").length - changes.filter(isChange).length,
    granted: changes.filter(({ change }) => change === "granted").length,
    removed: changes.filter(({ change }) => change === "removed").length,
    against: [...changes, ...settings].filter(({ against }) => against).length + left.length,
  };
}

function isChange({ change }: ChangesReport["changes"][number]): boolean {
  return change !== "holds";
}

/** The grants of the logs over what was there before, for those who only ask who made one. */
export function replayLogs(logs: readonly GivenLog[], snapshot: Snapshot | undefined): Timeline {
  const read = readItems(logs);
  const ordered = orderNamed(read, numbersAround(read.entries, [snapshot]));
  const timeline = replay(ordered.entries, undefined);
  return { ...timeline, gaps: [...read.gaps, ...ordered.gaps.map(({ gap }) => gap), ...timeline.gaps] };
}

function replay(entries: readonly AuditEntry[], baseline: Snapshot | undefined): Timeline {
  if (baseline === undefined) return buildTimeline(entries, new Map());
  const states = snapshotStates(baseline);
  const after = afterBaseline(entries, baseline, states);
  const timeline = buildTimeline(after.entries, states);
  return { ...timeline, gaps: [...after.gaps, ...timeline.gaps] };
}

/** The environment as each version of its matrix had it that was in force in a period. */
export function versionsBetween(
  { between }: Pick<MatrixInForce, "between">,
  from: Instant,
  to: Instant,
): readonly DeclaredThen[] {
  return between(from, to).flatMap((each: InForce) => (each.kind === "known" ? [each.declared] : []));
}

function numbersAround(
  entries: readonly AuditEntry[],
  snapshots: readonly (Snapshot | undefined)[],
): ReadonlyMap<string, string> {
  return new Map([
    ...numbersIn(entries),
    ...snapshots.flatMap((snapshot) => (snapshot === undefined ? [] : numbersOf(snapshot))),
  ]);
}

function mergeIds(
  numbers: ReadonlyMap<string, string>,
  versions: readonly DeclaredThen[],
): ReadonlyMap<string, string> {
  return new Map([...numbers, ...versions.flatMap(({ projectIds }) => [...projectIds])]);
}

/** Entries in order, by the names that policies have. */
function orderNamed({ entries }: ReadItems, ids: ReadonlyMap<string, string>): OrderedEntries {
  const named = nameProjects(entries, ids);
  const ordered = orderEntries(named.entries);
  return { ...ordered, gaps: [...named.gaps, ...ordered.gaps] };
}
