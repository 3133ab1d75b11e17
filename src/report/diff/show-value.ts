import type { Json } from "../../diff/fact.ts";

/** What the matrix says of one thing, in a line, as YAML would: `a, b`, `until: 2027-01-31, email: x@y`. To be encoded. */
export function showValue(value: Json): string {
  if (value === null) return "nothing";
  if (typeof value !== "object") return String(value);
  if (isList(value)) return value.length === 0 ? "none" : value.map(showInner).join(", ");
  const entries = entriesOf(value);
  const [only, ...others] = entries;
  if (only === undefined) return "none";
  // What ends the line needs no brackets.
  if (others.length === 0) return `${only[0]}: ${showValue(only[1])}`;
  return entries.map(([key, each]) => `${key}: ${showInner(each)}`).join(", ");
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

/** With brackets where it would run into what stands beside it. */
function showInner(value: Json): string {
  if (typeof value !== "object" || value === null) return showValue(value);
  if (isList(value)) {
    const [only, ...others] = value;
    return only !== undefined && others.length === 0 ? showInner(only) : `[${value.map(showInner).join(", ")}]`;
  }
  const entries = entriesOf(value).map(([key, each]) => `${key}: ${showInner(each)}`);
  return entries.length === 1 ? entries.join("") : `{${entries.join(", ")}}`;
}

function entriesOf(value: { readonly [key: string]: Json }): readonly (readonly [string, Json])[] {
  return Object.entries(value);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
