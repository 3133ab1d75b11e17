import type { Expand } from "../../matrix/model/expand-sets.ts";
import type { Selector, SelectorConditions } from "../../matrix/schema/generated/document.ts";

/** How a safeguard is after a change. What cannot be shown to be as strong as before is lowered. */
export type Strength = "lowered" | "raised" | "same";

/** Of the parts of one safeguard together: one that is lowered lets something through. */
export function weakest(parts: readonly Strength[]): Strength {
  return parts.includes("lowered") ? "lowered" : parts.includes("raised") ? "raised" : "same";
}

/**
 * The strength of a set of which more, or fewer, members make a stronger safeguard. Undefined means everything there is.
 */
export function compareSets(
  then: Iterable<string> | undefined,
  now: Iterable<string> | undefined,
  stronger: "fewer" | "more",
): Strength {
  const isMore = !isWithin(now, then);
  const isFewer = !isWithin(then, now);
  if (!isMore && !isFewer) return "same";
  if (stronger === "more") return isFewer ? "lowered" : "raised";
  return isMore ? "lowered" : "raised";
}

/** Whether each of the inner is one of the outer. */
function isWithin(inner: Iterable<string> | undefined, outer: Iterable<string> | undefined): boolean {
  if (outer === undefined) return true;
  if (inner === undefined) return false;
  const all = new Set(outer);
  return [...inner].every((each) => all.has(each));
}

/** A selector with its sets resolved, and names as the later version has them. */
export type PlainSelector = PlainConditions | ReadonlySet<string>;

interface PlainConditions {
  /** Under each of these the value must be one of those. */
  readonly values: ReadonlyMap<string, ReadonlySet<string>>;
  readonly not: PlainSelector | undefined;
  readonly any: readonly PlainSelector[] | undefined;
  readonly all: readonly PlainSelector[];
}

export function plainSelector(
  selector: Selector,
  expand: Expand,
  later: (name: string) => string = (name) => name,
): PlainSelector {
  const names = (list: readonly string[]): ReadonlySet<string> =>
    new Set(list.flatMap((name) => expand(name)).map(later));
  if (typeof selector === "string") return names([selector]);
  // Array.isArray does not narrow readonly arrays away.
  if (Array.isArray(selector)) return names(selector as readonly string[]);
  const { labels = {}, owner, kind, not, any, all = [] } = selector as SelectorConditions;
  const plain = (each: Selector): PlainSelector => plainSelector(each, expand, later);
  const texts = (value: unknown): ReadonlySet<string> => new Set([value].flat().map(String));
  return {
    values: new Map([
      ...Object.entries(labels).map(([label, value]) => [`label ${label}`, texts(value)] as const),
      ...(owner === undefined ? [] : [["owner", texts(owner)] as const]),
      ...(kind === undefined ? [] : [["kind", texts(kind)] as const]),
    ]),
    not: not === undefined ? undefined : plain(not),
    any: any?.map(plain),
    all: all.map(plain),
  };
}

/** The strength of a selector of which taking in more makes a stronger safeguard. */
export function selectorStrength(then: PlainSelector, now: PlainSelector): Strength {
  if (!covers(now, then)) return "lowered";
  return covers(then, now) ? "same" : "raised";
}

/** Whether a selector surely takes in all that another does, whatever names there are. */
function covers(outer: PlainSelector, inner: PlainSelector): boolean {
  if (isNames(outer)) return isNames(inner) && [...inner].every((name) => outer.has(name));
  if (isNames(inner))
    return inner.size === 0 || isEverything(outer) || (isOnlyAny(outer) && coveredByAny(outer, inner));
  const isImplied =
    [...outer.values].every(([key, values]) => {
      const narrower = inner.values.get(key);
      return narrower !== undefined && [...narrower].every((value) => values.has(value));
    }) &&
    (outer.not === undefined || (inner.not !== undefined && covers(inner.not, outer.not))) &&
    outer.all.every((each) => covers(each, inner) || inner.all.some((other) => covers(each, other)));
  return isImplied && (outer.any === undefined || coveredByAny(outer, inner));
}

function coveredByAny({ any = [] }: PlainConditions, inner: PlainSelector): boolean {
  if (any.some((each) => covers(each, inner))) return true;
  return (
    !isNames(inner) && inner.any !== undefined && inner.any.every((each) => any.some((other) => covers(other, each)))
  );
}

function isNames(selector: PlainSelector): selector is ReadonlySet<string> {
  return selector instanceof Set;
}

function isOnlyAny({ values, not, any, all }: PlainConditions): boolean {
  return values.size === 0 && not === undefined && all.length === 0 && any !== undefined;
}

function isEverything({ values, not, any, all }: PlainConditions): boolean {
  return values.size === 0 && not === undefined && all.length === 0 && any === undefined;
}
