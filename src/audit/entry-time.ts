import type { Instant } from "../time/instant.ts";

const form = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/;

/** The moment of an entry, and the same to the nanosecond as text that sorts. Undefined where it is none. */
export function readTime(text: string): { readonly at: Instant; readonly order: string } | undefined {
  const match = form.exec(text);
  if (match === null) return undefined;
  const [, seconds = "", fraction = "", zone = "Z"] = match;
  const whole = Date.parse(`${seconds}${zone}`);
  if (Number.isNaN(whole)) return undefined;
  const digits = fraction.padEnd(9, "0");
  // Milliseconds since 1970, as everything else here counts; no two entries are told apart by them.
  const at = (whole + Number(digits.slice(0, 3))) as Instant;
  return { at, order: `${new Date(whole).toISOString().slice(0, 19)}.${digits}` };
}
