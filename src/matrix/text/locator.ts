import { isMap, isScalar, isSeq, type Node, type YAMLMap } from "yaml";
import { isMergeKey } from "./node-to-data.ts";
import type { ParsedFile } from "./parsed-file.ts";
import type { Place } from "./place.ts";
import { type Span, spanOf } from "./source-text.ts";

interface Child {
  readonly key: Node | null;
  readonly value: Node | null;
}

/** Turns places of one file into lines and columns. Keeps an index of each map it passed, so that many places are cheap. */
export class Locator {
  readonly #file: ParsedFile;
  readonly #indexes = new Map<YAMLMap, ReadonlyMap<string, Child>>();

  constructor(file: ParsedFile) {
    this.#file = file;
  }

  /** Where a place stands in the text. Where a key is missing, the nearest thing that should hold it. */
  locate(place: Place): Span {
    const { source } = this.#file;
    const [start, end] = this.#findRange(place);
    const slice = source.text.slice(start, end);
    if (place.word !== undefined && place.word !== "") {
      const at = place.occurrence === "last" ? slice.lastIndexOf(place.word) : slice.indexOf(place.word);
      if (at !== -1) return spanOf(source, start + at, start + at + place.word.length);
    }
    // Of a collection, its first line says enough.
    const lineEnd = slice.search(/\r?\n/);
    return spanOf(source, start, lineEnd === -1 ? end : start + lineEnd);
  }

  #findRange({ path, part }: Place): readonly [number, number] {
    let node = this.#file.root;
    let range: readonly [number, number] = [0, 0];
    for (const [depth, step] of path.entries()) {
      const child = this.#child(node, step);
      if (child === undefined) return range;
      const isLast = depth === path.length - 1;
      const next = path[depth + 1];
      const stopsHere = !isLast && next !== undefined && this.#child(child.value, next) === undefined;
      const wantsKey = (isLast && part === "key") || stopsHere || isNothing(child.value);
      range = rangeOf(wantsKey ? (child.key ?? child.value) : child.value) ?? range;
      if (stopsHere) return range;
      node = child.value;
    }
    return range;
  }

  #child(parent: Node | null, step: string | number): Child | undefined {
    const node = this.#resolve(parent);
    if (isSeq(node)) {
      const item = typeof step === "number" ? (node.items[step] as Node | null | undefined) : undefined;
      return item === undefined ? undefined : { key: null, value: item };
    }
    return isMap(node) ? this.#index(node).get(String(step)) : undefined;
  }

  /** The pairs of a map by key, those that << merges in included. */
  #index(map: YAMLMap): ReadonlyMap<string, Child> {
    const known = this.#indexes.get(map);
    if (known !== undefined) return known;
    const index = new Map<string, Child>();
    this.#indexes.set(map, index);
    const pairs = map.items as { key: Node | null; value: Node | null }[];
    for (const { key, value } of pairs) {
      const name = isMergeKey(key) ? undefined : keyName(key);
      if (name !== undefined && !index.has(name)) index.set(name, { key, value });
    }
    for (const { key, value } of pairs) {
      if (!isMergeKey(key)) continue;
      const source = this.#resolve(value);
      for (const merged of isSeq(source) ? (source.items as (Node | null)[]) : [source]) {
        const node = this.#resolve(merged);
        if (!isMap(node)) continue;
        for (const [name, child] of this.#index(node)) if (!index.has(name)) index.set(name, child);
      }
    }
    return index;
  }

  #resolve(node: Node | null): Node | null {
    return node === null ? null : (this.#file.targets.get(node) ?? node);
  }
}

function keyName(key: Node | null): string | undefined {
  if (!isScalar(key)) return undefined;
  return typeof key.value === "string" ? key.value : (key.source ?? String(key.value));
}

/** A value that is written as nothing has no characters of its own to point at. */
function isNothing(node: Node | null): boolean {
  return node === null || (isScalar(node) && node.value === null && (node.source ?? "") === "");
}

function rangeOf(node: Node | null): readonly [number, number] | undefined {
  const range = node?.range;
  return range ? [range[0], range[1]] : undefined;
}
