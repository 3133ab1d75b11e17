import type { Finding } from "./finding.ts";
import { isAtLeast, severities } from "./severity.ts";

/** The findings of a matrix by whether its earlier version had them too. Each list keeps its order. */
export interface PartedFindings {
  readonly added: readonly Finding[];
  readonly stood: readonly Finding[];
}

/**
 * Tells what is new from what stood before. A finding stood where the earlier version has one of the same rule and message
 * for each of its environments, as grave and as little accepted; each of those answers for one. Places do not count: they
 * move. Both versions must be judged at one moment.
 */
export function partFindings(now: readonly Finding[], before: readonly Finding[]): PartedFindings {
  const { stood, rest } = setSameApart(now, before);
  const earlier = new Map<string, Finding[]>();
  for (const finding of rest)
    for (const key of keysOf(finding)) earlier.set(key, [...(earlier.get(key) ?? []), finding]);
  // Those that ask for most come first: they find fewest that answer for them.
  const open = now.filter((each) => !stood.has(each)).sort((a, b) => demandOf(b) - demandOf(a));
  for (const finding of open) {
    const answers = keysOf(finding).map((key) => {
      const left = earlier.get(key) ?? [];
      const index = left.findIndex((each) => answersFor(each, finding));
      return { left, index };
    });
    if (answers.some(({ index }) => index === -1)) continue;
    for (const { left, index } of answers) left.splice(index, 1);
    stood.add(finding);
  }
  return { added: now.filter((each) => !stood.has(each)), stood: now.filter((each) => stood.has(each)) };
}

/** What both have alike. It is matched first, so that nothing that did not change is ever new. */
function setSameApart(
  now: readonly Finding[],
  before: readonly Finding[],
): { readonly stood: Set<Finding>; readonly rest: readonly Finding[] } {
  const whole = ({ rule, message, environments, severity, acceptedBy }: Finding): string =>
    JSON.stringify([rule, message, environments, severity, acceptedBy !== undefined]);
  const later = new Map<string, Finding[]>();
  for (const finding of now) later.set(whole(finding), [...(later.get(whole(finding)) ?? []), finding]);
  const stood = new Set<Finding>();
  const rest = before.filter((finding) => {
    const same = later.get(whole(finding))?.shift();
    if (same !== undefined) stood.add(same);
    return same === undefined;
  });
  return { stood, rest };
}

/** One for each environment, so that a finding that one environment lost is not a new one in the others. */
function keysOf({ rule, message, environments }: Finding): readonly string[] {
  const places = environments.length === 0 ? [null] : environments;
  return places.map((environment) => JSON.stringify([rule, message, environment]));
}

function answersFor(earlier: Finding, later: Finding): boolean {
  if (later.acceptedBy !== undefined) return true;
  return earlier.acceptedBy === undefined && isAtLeast(earlier.severity, later.severity);
}

function demandOf({ acceptedBy, severity }: Finding): number {
  return acceptedBy === undefined ? severities.length - severities.indexOf(severity) : 0;
}
