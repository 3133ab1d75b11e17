/** A moment, in milliseconds since 1970 in UTC. */
export type Instant = number & { readonly __brand: "Instant" };

const DAY = 24 * 60 * 60 * 1000;
const form = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2}))?(Z|[+-]\d{2}:\d{2}))?$/;

/** The moment that `--as-of` means: a timestamp, or the first moment of a date in UTC. Undefined for no such date. */
export function parseInstant(text: string): Instant | undefined {
  return parse(text)?.at;
}

/**
 * The moment from which something that is dated no longer holds: a date holds through that day in UTC, a timestamp to
 * the second. Undefined for no such date.
 */
export function parseEnd(text: string): Instant | undefined {
  const parsed = parse(text);
  if (parsed === undefined) return undefined;
  return (parsed.isDate ? parsed.at + DAY : parsed.at) as Instant;
}

/** As people and programs read it: in UTC, to the second, a text that `--as-of` takes. */
export function formatInstant(at: Instant): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

export function addDays(at: Instant, days: number): Instant {
  return (at + days * DAY) as Instant;
}

function parse(text: string): { readonly at: Instant; readonly isDate: boolean } | undefined {
  const match = form.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour = "00", minute = "00", second = "00", zone = "Z"] = match;
  // Date.parse rolls 31 February over into March; written back it shows.
  const midnight = new Date(`${year}-${month}-${day}T00:00:00Z`);
  if (Number.isNaN(midnight.getTime()) || midnight.toISOString().slice(0, 10) !== `${year}-${month}-${day}`)
    return undefined;
  const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${zone}`);
  return Number.isNaN(at) ? undefined : { at: at as Instant, isDate: match[4] === undefined };
}
