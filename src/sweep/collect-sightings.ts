import { findInText } from "./detect/find-in-text.ts";
import type { Hit } from "./detect/hit.ts";
import { judgeEntry } from "./detect/judge-entry.ts";
import { runPreset } from "./detect/run-preset.ts";
import type { Entry } from "./entries/entry.ts";
import { readFileEntries } from "./entries/read-entries.ts";
import { findCopies } from "./find-copies.ts";
import { dropOuter } from "./drop-outer.ts";
import { findShared } from "./find-shared.ts";
import { GivenFiles } from "./given-files.ts";
import type { Sighting } from "./sighting.ts";
import type { Unread } from "./sweep-report.ts";
import { withoutIds } from "./without-ids.ts";
import { LineIndex, type TextFile } from "./text-file.ts";

/** Texts are given to secretlint many at a time: it takes longer to start than to read. */
const BATCH_CHARACTERS = 400_000;

/** Between two texts of a batch. No pattern matches across it. */
const GAP = "\n\u0000\n";

interface Batched {
  readonly start: number;
  readonly toSighting: (hit: Hit) => Sighting;
}

interface PlacedEntry extends Entry {
  readonly file: string;
}

export interface Collected {
  readonly sightings: readonly Sighting[];
  /** Texts that are not what their names promise. */
  readonly broken: readonly Unread[];
}

/**
 * Every credential in some texts, at every place.
 * @param load gives the texts, each time that it is called: they are read twice and never held all at once
 */
export async function collectSightings(load: () => Iterable<TextFile>): Promise<Collected> {
  const sightings: Sighting[] = [];
  const entries: PlacedEntry[] = [];
  const broken: Unread[] = [];
  const given = new GivenFiles();
  const batch = new Batch(sightings);
  for (const loaded of load()) {
    const file = withoutIds(loaded);
    const lines = new LineIndex(file.text);
    const reading = readFileEntries(file, lines);
    const own = reading.entries;
    given.add(file.name, reading.envFiles);
    if (reading.broken !== undefined) broken.push({ source: file.name, reason: reading.broken, isPartly: true });
    const inText = (hit: Hit): Sighting => sightingOf(hit, file, lines, own);
    sightings.push(...findInText(file.text).map(inText));
    await batch.add(file.text, inText);
    for (const entry of own) await collectEntry({ ...entry, file: file.name }, sightings, entries, batch);
  }
  await batch.flush();
  sightings.push(...findShared(entries, sightings));
  sightings.push(...findCopies(load, entries, sightings));
  return { sightings: dropOuter(sightings.map((sighting) => given.complete(sighting))), broken };
}

async function collectEntry(
  entry: PlacedEntry,
  sightings: Sighting[],
  entries: PlacedEntry[],
  batch: Batch,
): Promise<void> {
  const place = placeOf(entry);
  const judged = judgeEntry(entry);
  if (judged !== undefined) sightings.push({ ...judged, prefix: "", ...place });
  if (entry.isDecoded) {
    const inEntry = (hit: Hit): Sighting => ({ ...withoutOffsets(hit), ...place, host: hit.host ?? null });
    sightings.push(...findInText(entry.value).map(inEntry));
    await batch.add(entry.value, inEntry);
  }
  if (entry.value.length >= 8 && entry.value.length <= 512) entries.push(entry);
}

class Batch {
  #text = "";
  #parts: Batched[] = [];
  readonly #found: Sighting[];

  constructor(found: Sighting[]) {
    this.#found = found;
  }

  async add(text: string, toSighting: (hit: Hit) => Sighting): Promise<void> {
    this.#parts.push({ start: this.#text.length, toSighting });
    this.#text += text.replace("\uFEFF", " ") + GAP;
    if (this.#text.length >= BATCH_CHARACTERS) await this.flush();
  }

  async flush(): Promise<void> {
    const [text, parts] = [this.#text, this.#parts];
    this.#text = "";
    this.#parts = [];
    if (text === "") return;
    for (const hit of await runPreset(text)) {
      const part = parts.findLast(({ start }) => start <= hit.start);
      if (part !== undefined)
        this.#found.push(part.toSighting({ ...hit, start: hit.start - part.start, end: hit.end - part.start }));
    }
  }
}

/** Where a hit stands, with the entry around it: it knows the name. */
function sightingOf(hit: Hit, { name, text }: TextFile, lines: LineIndex, entries: readonly Entry[]): Sighting {
  const around = entries.filter(({ start, end }) => start <= hit.start && hit.start < end);
  around.sort((a, b) => a.end - a.start - (b.end - b.start));
  const entry = around.find(({ value }) => value.includes(hit.value)) ?? around.at(0);
  const { line, column } = lines.at(hit.start);
  const holders = around.filter(({ value }) => holds(value, text, hit)).sort((a, b) => a.value.length - b.value.length);
  return {
    ...withoutOffsets(hit),
    file: name,
    nest: holders[0]?.nest ?? [[hit.start, hit.end]],
    line,
    column,
    name: entry?.name ?? assignedName(text, hit.start),
    service: entry?.service ?? null,
    host: hit.host ?? null,
  };
}

/** Whether the value of an entry, as it stands in the text, has a hit within. */
function holds(value: string, text: string, { value: inner, start, end }: Hit): boolean {
  const shift = text.slice(start, end).indexOf(inner);
  if (shift === -1) return false;
  const from = start + shift;
  for (let at = value.indexOf(inner); at !== -1; at = value.indexOf(inner, at + 1))
    if (text.startsWith(value, from - at)) return true;
  return false;
}

/** The name left of a value, as programs assign it. */
function assignedName(text: string, start: number): string | null {
  const before = text.slice(Math.max(0, start - 120), start);
  return /([A-Za-z_][\w.-]{0,80})["']?\s*(?::|=|:=|=>)\s*["'`]?$/.exec(before)?.[1] ?? null;
}

function placeOf({
  file,
  nest,
  name,
  service,
  position,
}: PlacedEntry): Omit<Sighting, "rule" | "kind" | "value" | "prefix"> {
  return { file, nest, line: position.line, column: position.column, name, service, host: null };
}

function withoutOffsets({ rule, kind, value, prefix }: Hit): Pick<Sighting, "rule" | "kind" | "value" | "prefix"> {
  return { rule, kind, value, prefix };
}
