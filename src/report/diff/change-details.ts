import type { Change } from "../../diff/diff-report.ts";
import type { Json } from "../../diff/fact.ts";
import { saysAll } from "./describe-change.ts";
import { fieldsOf, showValue } from "./show-value.ts";

export interface Detail {
  readonly about: string;
  /** To be encoded. */
  readonly text: string;
}

/** What the sentence about a change leaves out: what the matrix says of it now, and said before where that was changed. */
export function changeDetails(change: Change, { verbose }: { readonly verbose: boolean }): readonly Detail[] {
  const { kind, before, after } = change;
  if (saysAll(kind)) return [];
  if (before === null) return saying(after);
  // What is gone explains itself less often than it takes room.
  if (after === null) return verbose ? saying(before).map(({ about, text }) => ({ about: `was ${about}`, text })) : [];
  return differing(before, after);
}

function saying(value: Json): readonly Detail[] {
  const fields = fieldsOf(value);
  if (fields.length > 0) return fields.map(([about, each]) => ({ about, text: showValue(each) }));
  const text = showValue(value);
  return typeof value === "string" && text !== "" ? [{ about: "says", text }] : [];
}

function differing(before: Json, after: Json): readonly Detail[] {
  const earlier = new Map(fieldsOf(before));
  const later = new Map(fieldsOf(after));
  const keys = [...new Set([...earlier.keys(), ...later.keys()])];
  if (keys.length === 0) return ends("", before, after);
  return keys.flatMap((key) => ends(`${key} `, earlier.get(key) ?? null, later.get(key) ?? null));
}

function ends(about: string, before: Json, after: Json): readonly Detail[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  return [
    { about: `${about}was`, text: showValue(before) },
    { about: `${about}is`, text: showValue(after) },
  ];
}
