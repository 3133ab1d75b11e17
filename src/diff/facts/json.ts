import { compareText } from "../../words/compare-text.ts";
import type { Json } from "../fact.ts";

export type JsonMap = { readonly [key: string]: Json };

/** The map without what is undefined. */
export function given(fields: Readonly<Record<string, Json | undefined>>): JsonMap {
  // Keys come from documents: none of them may be taken for something that every object has.
  return Object.fromEntries(
    Object.entries(fields).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}

/** What a map itself has under a key. */
function own<T>(map: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

/** Data of a document with its keys in order, since theirs means nothing. Undefined where there is no data, or nothing in it. */
export function inOrder(data: unknown): Json | undefined {
  const ordered = ordering(data);
  return ordered === undefined || (typeof ordered === "object" && ordered !== null && Object.keys(ordered).length === 0)
    ? undefined
    : ordered;
}

function ordering(data: unknown): Json | undefined {
  if (data === undefined || data === null) return undefined;
  if (Array.isArray(data)) return (data as readonly unknown[]).map((each) => ordering(each) ?? null);
  if (typeof data !== "object") return data as boolean | number | string;
  const entries = Object.entries(data).sort(([a], [b]) => compareText(a, b));
  return given(Object.fromEntries(entries.map(([key, part]) => [key, ordering(part)])));
}

/** A list whose order and repetitions mean nothing. */
export function inOneOrder(texts: readonly string[]): readonly string[] {
  return texts.length < 2 ? texts : [...new Set(texts)].sort(compareText);
}

/** One or several of something, as the language writes it. */
export function oneOrMore(texts: readonly string[]): string | readonly string[] {
  const [first, ...rest] = inOneOrder(texts);
  return first === undefined || rest.length > 0 ? [...(first === undefined ? [] : [first]), ...rest] : first;
}

/** Whether two values are equal; the order of keys means nothing. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [a as JsonMap, b as JsonMap];
  const keys = Object.keys(left);
  return keys.length === Object.keys(right).length && keys.every((key) => sameJson(own(left, key), own(right, key)));
}

export type Same = (before: Json | undefined, after: Json | undefined) => boolean;

/**
 * What of two maps is not the same, null where a map has none of it; undefined where all is the same.
 * @param same how values of some keys are compared, where equality is too strict
 */
export function differing(
  before: JsonMap,
  after: JsonMap,
  same: Readonly<Record<string, Same>> = {},
): { readonly before: Json; readonly after: Json } | undefined {
  const keys = inOneOrder([...Object.keys(before), ...Object.keys(after)]).filter(
    (key) => !(own(same, key) ?? sameJson)(own(before, key), own(after, key)),
  );
  const pick = (map: JsonMap): Json => {
    const picked = given(Object.fromEntries(keys.map((key) => [key, own(map, key)])));
    return Object.keys(picked).length === 0 ? null : picked;
  };
  return keys.length === 0 ? undefined : { before: pick(before), after: pick(after) };
}
