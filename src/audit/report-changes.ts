import type { MatrixHistory } from "../history/matrix-history.ts";
import type { Matrix } from "../matrix/model/matrix.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import { formatInstant, type Instant } from "../time/instant.ts";
import type { AuditEntry } from "./audit-entry.ts";
import { afterBaseline } from "./after-baseline.ts";
import { buildTimeline } from "./build-timeline.ts";
import type { ChangesReport } from "./changes-report.ts";
import { compareEnd } from "./compare-end.ts";
import type { DeclaredThen } from "./declared-then.ts";
import { expiriesIn } from "./expiries.ts";
import type { Gap } from "./gap.ts";
import { inForceAt } from "./in-force.ts";
import { type Judge, judgeGrantEvent, judgeSettingEvent, tellOther } from "./judge-changes.ts";
import { isInside } from "./judge-grant-event.ts";
import { orderEntries } from "./order-entries.ts";
import { type GivenLog, readItems } from "./read-items.ts";
import { RoleWays } from "./role-ways.ts";
import { levelOf, snapshotStates } from "./snapshot-states.ts";
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
  const ordered = orderEntries(read.entries);
  const before = ordered.entries.filter(({ at }) => at < to);
  const timeline = replay(before, baseline);
  const force = inForceAt(request.history, request.judgeNow, request.environment);
  const judge: Judge = {
    inForce: force.at,
    roles: new RoleWays([...(end?.roles ?? []), ...(baseline?.roles ?? [])]),
    appliers: request.appliers,
  };
  const last = force.at((to - 1) as Instant);
  const declared = last.kind === "known" ? last.declared : undefined;
  const isInPeriod = ({ mark }: { readonly mark: { readonly at: Instant } }): boolean => mark.at >= from;
  const events = timeline.events.filter(isInPeriod);
  const changes = events.flatMap((event) => judgeGrantEvent(event, judge) ?? []);
  const deployments = timeline.settings.filter(isInPeriod);
  const settings = deployments.flatMap((event) => judgeSettingEvent(event, judge) ?? []);
  const others = timeline.others.filter(isInPeriod).filter(({ resource }) => concerns(resource, declared));
  const gaps = [
    ...request.gaps,
    ...read.gaps,
    ...timeline.gaps.filter((gap) => gap.to === null || gap.to >= formatInstant(from)),
    ...unfinishedGaps(ordered.unfinished, from, to),
    ...endGaps(ordered.entries, baseline, end),
    ...matrixGaps([...events, ...deployments], judge),
  ].filter(({ resource }) => resource === null || concerns(resource, declared));
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
    summary: {
      items: read.items,
      duplicates: ordered.duplicates,
      failed: ordered.entries.filter(({ isFailed }) => isFailed).length,
      outside: ordered.entries.filter(({ at }) => at < from || at >= to).length,
      aside: read.aside,
      unrelated: events.length - changes.length,
      granted: changes.filter(({ change }) => change === "granted").length,
      removed: changes.filter(({ change }) => change === "removed").length,
      against: [...changes, ...settings].filter(({ against }) => against).length,
    },
    changes,
    settings,
    others: others.map((event) => tellOther(event, judge)),
    expiries: expiriesIn(timeline, { from, to, moments: force.moments(from, to) }, judge),
  };
}

/** The grants of the logs over what was there before, for those who only ask who made one. */
export function replayLogs(logs: readonly GivenLog[], baseline: Snapshot | undefined): Timeline {
  return replay(orderEntries(readItems(logs).entries).entries, baseline);
}

function replay(entries: readonly AuditEntry[], baseline: Snapshot | undefined): Timeline {
  if (baseline === undefined) return buildTimeline(entries, new Map());
  const states = snapshotStates(baseline);
  return buildTimeline(afterBaseline(entries, baseline, states), states);
}

/** Whether a resource can pass access to the environment: what is in other projects cannot. */
function concerns(resource: string, declared: DeclaredThen | undefined): boolean {
  if (declared === undefined || !resource.startsWith("projects/")) return true;
  const id = /\/serviceAccounts\/([^/]+)$/.exec(resource)?.[1];
  if (id !== undefined && (declared.accounts.has(id) || !id.includes("@"))) return true;
  return isInside({ level: levelOf(resource), name: resource }, declared);
}

function unfinishedGaps(entries: readonly AuditEntry[], from: Instant, to: Instant): readonly Gap[] {
  return entries
    .filter(({ at }) => at >= from && at < to)
    .map(({ at, id, method, effect }): Gap => ({
      kind: "unfinished-call",
      resource: typeof effect.resource === "string" ? effect.resource : effect.resource.name,
      from: formatInstant(at),
      to: null,
      message: `${method} of ${formatInstant(at)} (${id.insertId}) has no end in the log: it is told as done`,
      help: "read the log some minutes further",
    }));
}

function endGaps(
  entries: readonly AuditEntry[],
  baseline: Snapshot | undefined,
  end: Snapshot | undefined,
): readonly Gap[] {
  if (end === undefined) return [];
  const startedAt = Date.parse(end.startedAt);
  const finishedAt = Date.parse(end.finishedAt);
  const made = replay(
    entries.filter(({ at }) => at <= startedAt),
    baseline,
  );
  // What changed while it was read may be there or not.
  const moving = new Set(
    entries
      .filter(({ at }) => at > startedAt && at <= finishedAt)
      .map(({ effect }) => (typeof effect.resource === "string" ? effect.resource : effect.resource.name)),
  );
  const states = new Map([...made.states].filter(([name]) => !moving.has(name)));
  return compareEnd({ ...made, states }, snapshotStates(end), end.finishedAt);
}

function matrixGaps(
  events: readonly { readonly mark: { readonly at: Instant } }[],
  { inForce }: Judge,
): readonly Gap[] {
  const reasons = new Map<string, Instant>();
  for (const { mark } of events) {
    const then = inForce(mark.at);
    if (then.kind === "unknown" && !reasons.has(then.why)) reasons.set(then.why, mark.at);
  }
  return [...reasons].map(([why, at]): Gap => ({
    kind: "matrix-unknown",
    resource: null,
    from: formatInstant(at),
    to: null,
    message: `which matrix was in force is not known: ${why}`,
    help: null,
  }));
}
