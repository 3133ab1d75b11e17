import { isWords } from "./detect/randomness.ts";
import type { Entry } from "./entries/entry.ts";
import { canonicalValue } from "./canonical-value.ts";
import type { Sighting } from "./sighting.ts";
import { LineIndex, type TextFile } from "./text-file.ts";

/** Shorter values, and words, may be the same by chance. */
const LEAST_LENGTH = 10;

const token = /[A-Za-z0-9+/_~.!@#$%^&*-]{10,512}/g;

/** The places that hold a credential which another place gave away: under any name, and in any text. */
export function findCopies(
  load: () => Iterable<TextFile>,
  entries: readonly (Entry & { readonly file: string })[],
  known: readonly Sighting[],
): readonly Sighting[] {
  const byValue = new Map<string, Sighting>();
  for (const sighting of known) {
    const value = canonicalValue(sighting.value);
    if (value.length >= LEAST_LENGTH && value.length <= 512 && !isWords(value) && !byValue.has(value))
      byValue.set(value, sighting);
  }
  if (byValue.size === 0) return [];
  const found: Sighting[] = [];
  const places = new Set(known.map((each) => placeKey(each, each.value)));
  const add = (origin: Sighting, copy: Sighting): void => {
    const key = placeKey(copy, origin.value);
    if (places.has(key)) return;
    places.add(key);
    found.push(copy);
  };
  for (const { value, file, nest, position, name, service } of entries) {
    const origin = byValue.get(canonicalValue(value));
    if (origin !== undefined)
      add(origin, { ...origin, host: null, file, nest, line: position.line, column: position.column, name, service });
  }
  for (const { name: file, text } of load()) {
    let lines: LineIndex | undefined;
    for (const match of text.matchAll(token)) {
      const origin = byValue.get(match[0]);
      if (origin === undefined) continue;
      lines ??= new LineIndex(text);
      const { line, column } = lines.at(match.index);
      const before = text.slice(Math.max(0, match.index - 120), match.index);
      const name = /([A-Za-z_][\w.-]{0,80})["']?\s*(?::|=|:=|=>)\s*["'`]?$/.exec(before)?.[1] ?? null;
      const nest = [[match.index, match.index + match[0].length]] as const;
      add(origin, { ...origin, host: null, file, nest, line, column, name, service: null });
    }
  }
  return found;
}

function placeKey({ file, line }: Sighting, value: string): string {
  return JSON.stringify([file, line, canonicalValue(value)]);
}
