import * as fc from "fast-check";
import { arbitraryDocument, NOON } from "../synth/arbitrary-documents.ts";
import type { RawDocument } from "../synth/document.ts";
import { validate } from "../synth/synthesize.ts";

/** A matrix before and after somebody changed a few of its parts. */
export interface DocumentChange {
  readonly before: RawDocument;
  readonly after: RawDocument;
}

const sections = ["services", "callers", "sets", "trust"] as const;

/** Both can be used: neither has a finding that stops synth. */
export const arbitraryChange: fc.Arbitrary<DocumentChange> = fc
  .record({ before: arbitraryDocument, other: arbitraryDocument, taken: fc.array(fc.nat(60), { maxLength: 4 }) })
  .map(({ before, other, taken }) => ({ before, after: mix(before, other, taken) }))
  .filter(({ before, after }) => isUsable(before) && isUsable(after));

/** The first document with some entries as the other has them, or has them not. */
function mix(first: RawDocument, other: RawDocument, taken: readonly number[]): RawDocument {
  // Overrides and edges of environments that are not there would be errors.
  const names = Object.keys(first.environments);
  const entries = sections.flatMap((section) =>
    [...new Set([...Object.keys(first[section] ?? {}), ...Object.keys(other[section] ?? {})])]
      .sort()
      .map((key) => ({ section, key })),
  );
  let mixed = first;
  for (const at of taken) {
    const entry = entries[at % entries.length];
    if (entry === undefined) continue;
    const { section, key } = entry;
    const { [key]: _old, ...rest } = (mixed[section] ?? {}) as Readonly<Record<string, unknown>>;
    const value: unknown = other[section]?.[key];
    mixed = { ...mixed, [section]: value === undefined ? rest : { ...rest, [key]: within(value, names) } };
  }
  return mixed;
}

/** A part of a document without what it says of other environments than these. */
function within(value: unknown, environments: readonly string[]): unknown {
  return JSON.parse(JSON.stringify(value), (key, part: unknown) => {
    if (key === "environments" || key === "planned") {
      const kept = (part as readonly string[]).filter((name) => environments.includes(name));
      return kept.length === 0 ? undefined : kept;
    }
    if (key === "overrides")
      return Object.fromEntries(
        Object.entries(part as Readonly<Record<string, unknown>>).filter(([name]) => environments.includes(name)),
      );
    return part;
  });
}

function isUsable(document: RawDocument): boolean {
  return !validate(JSON.stringify(document), NOON).findings.some(({ stopsSynth }) => stopsSynth);
}
