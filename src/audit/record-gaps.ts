import type { Snapshot } from "../snapshot/snapshot.ts";
import { formatInstant, type Instant } from "../time/instant.ts";
import { type AuditEntry, resourceName } from "./audit-entry.ts";
import { compareEnd } from "./compare-end.ts";
import type { DeclaredThen } from "./declared-then.ts";
import type { Gap } from "./gap.ts";
import type { MatrixInForce } from "./in-force.ts";
import { isHome, isInside } from "./judge-grant-event.ts";
import { snapshotStates, wholeLists } from "./snapshot-states.ts";
import type { OtherEvent, Timeline } from "./timeline.ts";

/** Whether a resource can pass access to an environment, as one of some versions of its matrix has it. */
export function concerns(resource: string, versions: readonly DeclaredThen[]): boolean {
  if (versions.length === 0 || !resource.startsWith("projects/")) return true;
  const id = /\/serviceAccounts\/([^/]+)/.exec(resource)?.[1];
  return versions.some(
    (declared) =>
      (id !== undefined && (declared.accounts.has(id) || !id.includes("@"))) ||
      isInside({ name: resource }, declared) ||
      isHome({ name: resource }, declared),
  );
}

/**
 * Changes that may let somebody in, of which nobody worked out whom: once for each thing and resource. What becomes of
 * an account that the matrix does not name lets nobody in.
 */
export function effectGaps(others: readonly OtherEvent[], versions: readonly DeclaredThen[]): readonly Gap[] {
  const found = new Map<string, { readonly first: OtherEvent; times: number }>();
  for (const other of others) {
    const email = /\/serviceAccounts\/([^/]+@[^/]+)/.exec(other.resource)?.[1];
    const isStranger = email !== undefined && !versions.some(({ accounts }) => accounts.has(email));
    if (!other.mayOpen || (isStranger && versions.length > 0)) continue;
    const key = JSON.stringify([other.what, other.resource]);
    const known = found.get(key);
    if (known === undefined) found.set(key, { first: other, times: 1 });
    else known.times += 1;
  }
  return [...found.values()].map(({ first: { what, resource, mark }, times }) => ({
    kind: "effect-unknown",
    resource: resource === "" ? null : resource,
    from: formatInstant(mark.at),
    to: null,
    message: `${what}${times === 1 ? "" : `, ${times} times`} (${mark.entry.insertId}): whom that lets in is not worked out`,
    help: "matrix drift says what is open after it",
  }));
}

/** Where what the entries make of the start is not what was read at the end. */
export function endGaps(
  entries: readonly AuditEntry[],
  replay: (entries: readonly AuditEntry[]) => Timeline,
  baseline: Snapshot | undefined,
  end: Snapshot | undefined,
): readonly Gap[] {
  if (end === undefined) return [];
  const startedAt = Date.parse(end.startedAt);
  // Times of snapshots are to the second.
  const finishedAt = Date.parse(end.finishedAt) + 1000;
  const made = replay(entries.filter(({ at }) => at <= startedAt));
  // What changed while it was read may be there or not.
  const moving = new Set(entries.filter(({ at }) => at > startedAt && at < finishedAt).map(resourceName));
  const still = <T>(states: ReadonlyMap<string, T>): ReadonlyMap<string, T> =>
    new Map([...states].filter(([name]) => !moving.has(name)));
  return compareEnd({ ...made, states: still(made.states) }, still(snapshotStates(end)), end.finishedAt, {
    start: wholeLists(baseline),
    end: wholeLists(end),
  });
}

/** Moments at which nobody knows which matrix was in force. */
export function matrixGaps(
  force: MatrixInForce,
  from: Instant,
  to: Instant,
  events: readonly { readonly mark: { readonly at: Instant } }[],
): readonly Gap[] {
  const reasons = new Map<string, Instant>();
  for (const at of [from, ...force.moments(from, to), ...events.map(({ mark }) => mark.at)]) {
    const then = force.at(at);
    if (then.kind === "unknown" && at < (reasons.get(then.why) ?? Infinity)) reasons.set(then.why, at);
  }
  const gap = (at: string, message: string): Gap => ({
    kind: "matrix-unknown",
    resource: null,
    from: at,
    to: null,
    message,
    help: null,
  });
  return [
    ...[...reasons].map(([why, at]) => gap(formatInstant(at), `which matrix was in force is not known: ${why}`)),
    ...force
      .backwards(from, to)
      .map(({ id, at }) =>
        gap(
          at,
          `the commit ${id.slice(0, 12)} says that it is older than the one before it: since when it was in force is not known`,
        ),
      ),
  ];
}
