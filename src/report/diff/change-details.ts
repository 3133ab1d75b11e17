import type { Change } from "../../diff/diff-report.ts";
import type { Json } from "../../diff/fact.ts";
import { enumerateWords } from "../../words/enumerate-words.ts";
import { saysAll } from "./describe-change.ts";
import { fieldsOf, showValue } from "./show-value.ts";
import type { ToldChange } from "./tell-together.ts";

export interface Detail {
  readonly about: string;
  /** To be encoded. */
  readonly text: string;
}

interface Look {
  readonly verbose: boolean;
}

/** Environments that have a line of their own, where not all is shown. */
const MAX_PARTS = 4;

/** What the sentence about a change leaves out: first what all its environments have, then a line for each that has more. */
export function toldDetails({ parts }: ToldChange, look: Look): readonly Detail[] {
  const all = parts.map((part) => ({ part, details: changeDetails(part, look) }));
  const [first = { details: [] }] = all;
  const keyOf = ({ about, text }: Detail): string => JSON.stringify([about, text]);
  const keys = all.map(({ details }) => new Set(details.map(keyOf)));
  const isCommon = (detail: Detail): boolean => keys.every((each) => each.has(keyOf(detail)));
  const own = all.flatMap(({ part, details }): readonly Detail[] => {
    const text = details
      .filter((detail) => !isCommon(detail))
      .map((detail) => `${detail.about}: ${detail.text}`)
      .join("; ");
    return text === "" ? [] : [{ about: enumerateWords(part.environments, "and"), text }];
  });
  const shown = look.verbose || own.length <= MAX_PARTS + 1 ? own : own.slice(0, MAX_PARTS);
  const left = own.length - shown.length;
  return [
    ...first.details.filter(isCommon),
    ...shown,
    ...(left === 0 ? [] : [{ about: "elsewhere", text: `other details in ${left} more` }]),
  ];
}

/** What the sentence about a change leaves out: what the matrix says of it now, and said before where that was changed. */
export function changeDetails(change: Change, { verbose }: Look): readonly Detail[] {
  const { kind, before, after, usual = [] } = change;
  if (saysAll(kind)) return [];
  const hidden = verbose ? [] : usual;
  if (before === null) return saying(after, hidden);
  // What is gone explains itself less often than it takes room.
  if (after === null)
    return verbose ? saying(before, []).map(({ about, text }) => ({ about: `was ${about}`, text })) : [];
  return differing(before, after);
}

function saying(value: Json, hidden: readonly string[]): readonly Detail[] {
  const fields = fieldsOf(value);
  if (fields.length > 0)
    return fields
      .filter(([about]) => !hidden.includes(about))
      .map(([about, each]) => ({ about, text: showValue(each) }));
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
