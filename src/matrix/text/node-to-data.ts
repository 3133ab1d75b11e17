import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from "yaml";
import { MAX_DEPTH } from "./compose-yaml.ts";
import type { Data } from "./parsed-file.ts";

/** Something that YAML text gets wrong, at the characters [start, end). */
export interface YamlProblem {
  readonly message: string;
  readonly help?: string;
  readonly start: number;
  readonly end: number;
  /** Where the other of two things stands. */
  readonly other?: { readonly message: string; readonly start: number; readonly end: number };
}

/** How many nodes aliases may add to what is written, so that a few lines cannot stand for a billion. */
const MAX_ALIASED_NODES = 1_000_000;

/** In characters. YAML allows no more for a key that is written without `?`. */
const MAX_KEY_LENGTH = 1024;

/** Control characters but tab and line breaks, and lone surrogates: no sink can hold them all, and no text needs them. */
// oxlint-disable-next-line no-control-regex
export const unprintable = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|\p{Surrogate}/u;

interface Anchored {
  readonly node: Node;
  /** Undefined while the node itself is being read: an alias inside it would never end. */
  value?: { readonly data: Data; readonly size: number; readonly height: number };
}

interface Conversion {
  readonly data: Data;
  readonly problems: readonly YamlProblem[];
  readonly targets: ReadonlyMap<Node, Node>;
}

/**
 * The data of a document: aliases and merge keys resolved, each key once. An aliased object is shared, not copied.
 */
export function nodeToData(document: Document.Parsed): Conversion {
  const reader = new NodeReader();
  const data = reader.read(document.contents);
  return { data, problems: reader.problems, targets: reader.targets };
}

class NodeReader {
  readonly problems: YamlProblem[] = [];
  readonly targets = new Map<Node, Node>();
  readonly #anchors = new Map<string, Anchored>();
  #size = 0;
  #aliased = 0;
  /** How many collections are open, and how many were at most, those behind aliases included. */
  #depth = 0;
  #deepest = 0;

  read(node: Node | null): Data {
    if (node === null) return null;
    if (isAlias(node)) return this.#readAlias(node);
    const anchor = node.anchor;
    const anchored: Anchored = { node };
    if (anchor !== undefined) this.#anchors.set(anchor, anchored);
    const before = this.#size++;
    const deepest = this.#deepest;
    this.#deepest = isScalar(node) ? this.#depth : ++this.#depth;
    const data = isMap(node) ? this.#readMap(node) : isSeq(node) ? this.#readSeq(node.items) : this.#readScalar(node);
    if (!isScalar(node)) this.#depth--;
    if (anchor !== undefined) anchored.value = { data, size: this.#size - before, height: this.#deepest - this.#depth };
    this.#deepest = Math.max(deepest, this.#deepest);
    return data;
  }

  #readAlias(alias: Node & { readonly source: string }): Data {
    const anchored = this.#anchors.get(alias.source);
    if (anchored === undefined)
      return this.#fail(
        alias,
        `no anchor &${alias.source} stands before this alias`,
        "write the anchor first, or put the text in quotes",
      );
    if (anchored.value === undefined)
      return this.#fail(alias, `the alias *${alias.source} stands inside its own anchor`);
    this.targets.set(alias, anchored.node);
    this.#size += anchored.value.size;
    this.#aliased += anchored.value.size;
    if (this.#aliased > MAX_ALIASED_NODES) {
      if (this.#aliased - anchored.value.size <= MAX_ALIASED_NODES) {
        this.#fail(alias, `aliases expand to more than ${MAX_ALIASED_NODES.toLocaleString("en-US")} values`);
      }
      return null;
    }
    const depth = this.#depth + anchored.value.height;
    if (depth > MAX_DEPTH) return this.#fail(alias, `aliases nest more than ${MAX_DEPTH} levels deep`);
    this.#deepest = Math.max(this.#deepest, depth);
    return anchored.value.data;
  }

  #readSeq(items: readonly unknown[]): Data {
    return items.map((item) => this.read(item as Node | null));
  }

  #readScalar(node: Node): Data {
    const value = isScalar(node) ? node.value : undefined;
    if (typeof value === "string" && unprintable.test(value))
      return this.#fail(node, "this text holds a control character or half a character");
    if (value === null || typeof value === "string" || typeof value === "boolean") return value;
    if (typeof value === "number" && Number.isFinite(value)) return value;
    return this.#fail(node, "this value is not text, a number, true, false or null");
  }

  #readMap(map: YAMLMap): Data {
    const result: Record<string, Data> = {};
    const places = new Map<string, Node>();
    const merges: (readonly [Node, Data])[] = [];
    for (const pair of map.items as Pair<Node | null, Node | null>[]) {
      const { key } = pair;
      const name = this.#readKey(key, map);
      if (name === undefined || key === null) continue;
      const first = places.get(name);
      if (first !== undefined) this.#duplicate(name, key, first);
      places.set(name, key);
      const value = this.read(pair.value);
      if (isMergeKey(key)) merges.push([key, value]);
      else if (first === undefined) result[name] = value;
    }
    return merges.length === 0 ? result : this.#merge(result, merges);
  }

  #merge(own: Readonly<Record<string, Data>>, merges: readonly (readonly [Node, Data])[]): Data {
    const merged: Record<string, Data> = {};
    for (const [key, value] of merges) {
      const sources = Array.isArray(value) ? (value as readonly Data[]) : [value];
      // The first of several sources wins, so the last is laid down first.
      for (const source of sources.toReversed()) {
        // An alias that means nothing has been reported.
        if (source === null && this.problems.length > 0) continue;
        if (source === null || typeof source !== "object" || Array.isArray(source))
          this.#fail(key, "<< merges a map or a list of maps");
        else Object.assign(merged, source);
      }
    }
    return { ...merged, ...own };
  }

  #readKey(key: Node | null, map: YAMLMap): string | undefined {
    if (key === null || !isScalar(key)) {
      this.#fail(key ?? map, "a key must be text");
      return undefined;
    }
    const name = typeof key.value === "string" ? key.value : (key.source ?? String(key.value));
    if (name.length > MAX_KEY_LENGTH) {
      this.#fail(key, `this key is longer than ${MAX_KEY_LENGTH.toLocaleString("en-US")} characters`);
      return undefined;
    }
    if (unprintable.test(name)) {
      this.#fail(key, "this key holds a control character or half a character");
      return undefined;
    }
    if (name === "__proto__") {
      this.#fail(key, "__proto__ cannot be a key");
      return undefined;
    }
    return name;
  }

  #duplicate(name: string, key: Node, first: Node): void {
    const [start, end] = rangeOf(key);
    const [firstStart, firstEnd] = rangeOf(first);
    this.problems.push({
      message: `the key "${name}" stands twice in this map`,
      help: "keep one of them",
      start,
      end,
      other: { message: "it stands here first", start: firstStart, end: firstEnd },
    });
  }

  #fail(node: Node, message: string, help?: string): null {
    const [start, end] = rangeOf(node);
    this.problems.push({ message, ...(help === undefined ? {} : { help }), start, end });
    return null;
  }
}

/** `<<` written plainly merges; in quotes it is an ordinary key. */
export function isMergeKey(key: unknown): boolean {
  return isScalar(key) && key.value === "<<" && key.type === "PLAIN";
}

function rangeOf(node: Node): readonly [number, number] {
  const range = node.range;
  return range ? [range[0], range[1]] : [0, 0];
}
