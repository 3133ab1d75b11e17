import type { Selector, SelectorConditions } from "../schema/generated/document.ts";
import type { Expand } from "./expand-sets.ts";
import type { World } from "./world.ts";

/** Whoever can reach a public service: a caller without owner, kind or labels. */
export const INTERNET = "internet";

/** Whether a service, a caller or the internet is meant by a selector in an environment. */
export type Matches = (name: string) => boolean;

/** Makes a selector ready to be asked about names of one environment. */
export function selectorMatcher(selector: Selector, world: World, expand: Expand): Matches {
  if (typeof selector === "string") return nameMatcher([selector], expand);
  // Array.isArray does not narrow readonly arrays away.
  if (Array.isArray(selector)) return nameMatcher(selector as readonly string[], expand);
  return conditionMatcher(selector as SelectorConditions, world, expand);
}

function nameMatcher(names: readonly string[], expand: Expand): Matches {
  const meant = new Set(names.flatMap((name) => expand(name)));
  return (name) => meant.has(name);
}

function conditionMatcher(conditions: SelectorConditions, world: World, expand: Expand): Matches {
  const { labels, owner, kind, not, any, all } = conditions;
  const find = (name: string) => world.services.get(name) ?? world.callers.get(name);
  const tests: Matches[] = [];
  if (labels !== undefined) {
    const wanted = Object.entries(labels).map(([label, values]) => [label, textsOf(values)] as const);
    tests.push((name) => wanted.every(([label, values]) => values.has(find(name)?.labels[label] ?? NONE)));
  }
  if (owner !== undefined) {
    const owners = textsOf(owner);
    tests.push((name) => owners.has(find(name)?.owner ?? NONE));
  }
  if (kind !== undefined) {
    const kinds = textsOf(kind);
    tests.push((name) => kinds.has(find(name)?.kind ?? NONE));
  }
  if (not !== undefined) {
    const matches = selectorMatcher(not, world, expand);
    tests.push((name) => !matches(name));
  }
  if (any !== undefined) {
    const matchers = any.map((each) => selectorMatcher(each, world, expand));
    tests.push((name) => matchers.some((matches) => matches(name)));
  }
  if (all !== undefined) {
    const matchers = all.map((each) => selectorMatcher(each, world, expand));
    tests.push((name) => matchers.every((matches) => matches(name)));
  }
  return (name) => tests.every((test) => test(name));
}

/** No label, owner or kind is written like this. */
const NONE = "\0";

type Scalar = string | number | boolean;

function textsOf(values: Scalar | readonly Scalar[]): ReadonlySet<string> {
  return new Set([values].flat().map(String));
}
