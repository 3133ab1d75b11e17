import type { Json } from "../../diff/fact.ts";

/** What the matrix says of one thing, in a line: `a, b`, `until: 2027-01-31, email: x@y`. To be encoded. */
export function showValue(value: Json): string {
  if (value === null) return "nothing";
  if (typeof value === "string") return value;
  if (typeof value !== "object") return String(value);
  if (isList(value)) return value.length === 0 ? "none" : value.map(showInner).join(", ");
  const entries = entriesOf(value);
  return entries.length === 0 ? "none" : entries.map(([key, each]) => `${key}: ${showInner(each)}`).join(", ");
}

/** The fields of an object, those that say nothing left out; none of anything else. */
export function fieldsOf(value: Json): readonly (readonly [key: string, value: Json])[] {
  if (typeof value !== "object" || value === null || isList(value)) return [];
  return entriesOf(value).filter(([, each]) => each !== null);
}

/** One field of an object as a string; null where it is none. */
export function fieldOf(value: Json, key: string): string | null {
  const found = fieldsOf(value).find(([name]) => name === key)?.[1];
  return typeof found === "string" ? found : null;
}

function showInner(value: Json): string {
  return typeof value === "object" && value !== null ? JSON.stringify(value) : showValue(value);
}

function entriesOf(value: { readonly [key: string]: Json }): readonly (readonly [string, Json])[] {
  return Object.entries(value);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
