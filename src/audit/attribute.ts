import type { GrantInterval, Mark, NamedGrant, Timeline } from "./timeline.ts";
import { isGrant } from "./timeline.ts";

/** Who made a grant that stands at the end of a timeline. */
export interface Attribution extends Mark {
  /** Whether it was that entry for sure: else it was that one, or one before it that is missing. */
  readonly isSure: boolean;
}

/**
 * Who made a grant that stands, when, and by which entry. Undefined where no entry says so: it was there before the log
 * begins, or the log does not hold it.
 */
export function attribute(timeline: Timeline, named: NamedGrant): Attribution | undefined {
  const begin = timeline.intervals.findLast((each: GrantInterval) => each.end === null && isGrant(each, named))?.begin;
  if (begin == null) return undefined;
  const event = timeline.events.findLast(
    ({ kind, mark, resource, grant }) =>
      kind === "granted" && mark === begin && isGrant({ resource, grant, begin: null, end: null }, named),
  );
  return { ...begin, isSure: event?.isSure ?? false };
}
