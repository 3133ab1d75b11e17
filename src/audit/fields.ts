import { isObject, type JsonObject } from "../words/json.ts";

/** Readers of an entry, which is foreign: what is not as documented is not there, and nothing throws. */
const MAX_TEXT = 4096;

export function objectIn(value: unknown, ...path: readonly string[]): JsonObject {
  let at: unknown = value;
  for (const name of path) at = isObject(at) && Object.hasOwn(at, name) ? at[name] : undefined;
  return isObject(at) ? at : {};
}

/** Text that is neither empty nor longer than any name or expression is. */
export function textIn(value: JsonObject, name: string): string | null {
  const text = Object.hasOwn(value, name) ? value[name] : undefined;
  return typeof text === "string" && text !== "" && text.length <= MAX_TEXT ? text : null;
}

/** Undefined where it is there and no list. An absent one is empty: protobuf's JSON leaves empty ones out. */
export function listIn(value: JsonObject, name: string): readonly unknown[] | undefined {
  const list = Object.hasOwn(value, name) ? value[name] : undefined;
  if (list === undefined || list === null) return [];
  return Array.isArray(list) ? list : undefined;
}
