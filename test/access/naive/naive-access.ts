import type { Snapshot } from "../../../src/snapshot/snapshot.ts";
import type { Instant } from "../../../src/time/instant.ts";
import { rowsOf, type NaivePath, type NaiveRow } from "./direct-rows.ts";
import { indirectRowsOf } from "./indirect.ts";
import { oddGrantsOf, type NaiveOddGrant } from "./odd-grants.ts";
import { allServices, hasIap } from "./reading.ts";
import { unreadOf, type NaiveUnread } from "./unread.ts";

/** A row in plain values. Paths are text: hops and how sure they are, sorted. */
export interface PlainRow extends Omit<NaiveRow, "paths"> {
  readonly paths: readonly string[];
}

/** What two evaluators are compared by. Everything sorted by its text. */
export interface PlainAccess {
  readonly services: readonly string[];
  readonly rows: readonly PlainRow[];
  readonly oddGrants: readonly NaiveOddGrant[];
  readonly unread: readonly NaiveUnread[];
}

/**
 * Who can invoke what, worked out the slow and obvious way. It shares types, the list of permissions and the table of
 * service agents with the evaluator of src/access, and no other line.
 */
export function naiveAccess(snapshot: Snapshot, asOf: Instant, indirect: "all" | "none"): PlainAccess {
  const world = { snapshot, asOf };
  const services = allServices(world);
  const direct = services.flatMap((service) => rowsOf(world, service, "direct"));
  const iap = services.filter(hasIap).flatMap((service) => rowsOf(world, service, "iap"));
  const further = indirect === "all" ? indirectRowsOf(world, direct) : [];
  return {
    services: services.map(({ resource }) => resource).toSorted(),
    rows: byText(
      [...direct, ...iap, ...further].map((row) => ({ ...row, paths: row.paths.map(textOfPath).toSorted() })),
    ),
    oddGrants: byText(oddGrantsOf(world)),
    unread: byText(unreadOf(world)),
  };
}

export function textOfPath({ hops, allow }: NaivePath): string {
  const words = hops.map(({ kind, level, resource, role, member, condition }) =>
    JSON.stringify([kind, level, resource, role, member, condition]),
  );
  return `${words.join(" → ")} ${allow}`;
}

export function byText<T>(values: readonly T[]): readonly T[] {
  return values
    .map((value) => [JSON.stringify(value), value] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([, value]) => value);
}
