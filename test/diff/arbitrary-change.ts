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
  .record({
    before: arbitraryDocument,
    other: arbitraryDocument,
    taken: fc.array(fc.nat(60), { maxLength: 4 }),
    isRenumbered: fc.nat(5).map((at) => at === 0),
  })
  .map(({ before, other, taken, isRenumbered }) => {
    const after = mix(before, other, taken);
    return { before, after: isRenumbered ? renumber(after) : after };
  })
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
  const isTaken = (section: (typeof sections)[number], key: string): boolean =>
    taken.some((at) => {
      const entry = entries[at % entries.length];
      return entry?.section === section && entry.key === key;
    });
  const mixed = sections.map((section) => {
    const [own, others] = [first[section] ?? {}, other[section] ?? {}];
    const kept = Object.entries(own).filter(([key]) => !isTaken(section, key));
    const came = Object.entries(others).filter(([key]) => isTaken(section, key));
    return [
      section,
      Object.fromEntries([...kept, ...came.map(([key, value]) => [key, within(value, names)])]),
    ] as const;
  });
  return { ...first, ...Object.fromEntries(mixed) };
}

/** The same with other numbers of its projects: their agents are others. */
function renumber(document: RawDocument): RawDocument {
  const other = (key: string, value: unknown): unknown => (key === "number" ? `9${String(value).slice(1)}` : value);
  return {
    ...document,
    environments: JSON.parse(JSON.stringify(document.environments, other)) as typeof document.environments,
  };
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
