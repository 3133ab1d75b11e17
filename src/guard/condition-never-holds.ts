import { conditionEvaluator } from "../access/evaluate-condition.ts";
import type { Instant } from "../time/instant.ts";

/** A comparison with a moment that is written out. What it is worth changes at that moment and never again. */
const comparison = /\brequest\s*\.\s*time\s*(?:<=?|>=?|==|!=)\s*timestamp\s*\(\s*(?:"([^"\\]*)"|'([^'\\]*)')\s*\)/g;

/**
 * Makes a judge of whether a condition surely grants nothing, now or later: it is false at a moment, and on both sides of
 * each moment to come that it speaks of. One that speaks of time in another way is not sure.
 */
export function neverHolds(asOf: Instant): (expression: string) => boolean {
  const known = new Map<string, boolean>();
  return (expression) => {
    const before = known.get(expression);
    if (before !== undefined) return before;
    const never = isNever(expression, asOf);
    known.set(expression, never);
    return never;
  };
}

function isNever(expression: string, asOf: Instant): boolean {
  if (/time|date|duration/i.test(expression.replace(comparison, ""))) return false;
  const moments = [...expression.matchAll(comparison)].map(([, double, single]) => Date.parse(double ?? single ?? ""));
  if (moments.length > 8 || moments.some(Number.isNaN)) return false;
  const later = moments.flatMap((moment) => (moment + 1 > asOf ? [moment, moment + 1] : []));
  // Both are milliseconds since 1970.
  return [asOf, ...later].every((moment) => conditionEvaluator(moment as Instant)(expression) === "false");
}
