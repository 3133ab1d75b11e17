import { Document, isCollection, isMap, isScalar, visit } from "yaml";
import type { RawDocument, RawFields, RawValue } from "./document.ts";

// The same matrix, written another way. All of it by lot, from a number.

export type Random = (below: number) => number;

/** A source of numbers that is the same for the same seed (mulberry32, public domain). */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

function shuffled<T>(list: readonly T[], random: Random): readonly T[] {
  return list
    .map((item) => ({ item, at: random(1_000_000) }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

/** Keys and lists in another order, wherever their order means nothing, and with notes that mean nothing. */
export function reordered<T extends RawValue>(value: T, random: Random, key = ""): T {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const items = (value as readonly RawValue[]).map((item) => reordered(item, random));
    // The first former name is the one that name and account id come from.
    return (key === "formerNames" ? items : shuffled(items, random)) as unknown as T;
  }
  const entries = Object.entries(value).map(
    ([name, part]) => [name, reordered(part as RawValue, random, name)] as const,
  );
  const notes =
    takesNotes.has(key) && random(2) === 0 ? [["x-note", { by: "nobody", lines: [random(9)] }] as const] : [];
  // The first project is the default.
  const [first, ...rest] = entries;
  const inOrder =
    key === "projects" && first !== undefined
      ? [first, ...shuffled(rest, random)]
      : shuffled([...entries, ...notes], random);
  return Object.fromEntries(inOrder) as T;
}

const takesNotes = new Set([
  "",
  "services",
  "callers",
  "sets",
  "trust",
  "environments",
  "terraform",
  "account",
  "public",
]);

/** YAML in some style: block or flow, quotes, comments, empty lines, and anchors for what stands there twice. */
export function asYaml(document: RawFields, random: Random): string {
  const yaml = new Document(withShared(document, new Map()), { aliasDuplicateObjects: true });
  visit(yaml, (key, node) => {
    if (isCollection(node)) {
      node.flow = random(4) === 0;
      if (!node.flow && isMap(node) && random(4) === 0) node.commentBefore = ` ${"#".repeat(random(5))} by hand: [`;
    }
    if (isScalar(node) && typeof node.value === "string" && key !== "key") {
      node.type = (["PLAIN", "QUOTE_DOUBLE", "QUOTE_SINGLE", "PLAIN"] as const)[random(4)] ?? "PLAIN";
      if (random(8) === 0) node.comment = " why not";
    }
  });
  return yaml.toString({
    lineWidth: [0, 40, 120][random(3)] ?? 80,
    indent: 2 + random(3),
    flowCollectionPadding: random(2) === 0,
  });
}

/** The same data, in which equal maps and lists are one: they become anchors and aliases. */
function withShared(value: RawValue, known: Map<string, RawValue>): RawValue {
  if (typeof value !== "object" || value === null) return value;
  const text = JSON.stringify(value);
  const same = known.get(text);
  if (same !== undefined && text.length > 2) return same;
  const copy = Array.isArray(value)
    ? (value as readonly RawValue[]).map((item) => withShared(item, known))
    : Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withShared(part as RawValue, known)]));
  known.set(text, copy);
  return copy;
}

const inParts = ["services", "callers", "sets", "trust"] as const;

/** The document over several files: services, callers, sets and trust anywhere, the rest in the root. */
export function split(document: RawDocument, random: Random): Readonly<Record<string, RawFields>> {
  const names = ["matrix.yaml", "parts/a.yaml", "parts/deep/b.yaml", "z.yaml"];
  const files: Record<string, Record<string, Record<string, RawValue>>> = Object.fromEntries(
    names.map((name) => [name, {}]),
  );
  for (const section of inParts) {
    for (const [key, value] of Object.entries((document[section] ?? {}) as RawFields)) {
      const file = files[names[random(names.length)] ?? ""] ?? {};
      (file[section] ??= {})[key] = value as RawValue;
    }
  }
  const rest = Object.entries(document).filter(([key]) => !inParts.some((section) => section === key));
  const root = { ...Object.fromEntries(rest), ...files["matrix.yaml"], include: ["z.yaml", "parts/**/*.yaml"] };
  return { ...files, "matrix.yaml": root } as Readonly<Record<string, RawFields>>;
}
