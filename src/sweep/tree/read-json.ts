import { MAX_DEPTH, type TextTree, TooDeep } from "./text-tree.ts";

const token = /\s*([{}[\],:]|"(?:[^"\\]|\\.)*"|[^\s{}[\],:"]+)/gy;

/** What of JSON could be read: all of it, or what stands before an offset. */
export interface JsonReading {
  readonly trees: readonly TextTree[];
  readonly brokenAt: number | undefined;
}

/**
 * JSON as trees: one, or several that follow each other, as in JSON lines. Comments, and a comma behind the last item, are
 * passed over. Of the same keys in one map, all are kept. Undefined for what does not begin like JSON.
 */
export function readJson(text: string): JsonReading | undefined {
  if (!/^\uFEFF?\s*([[{]|\/[/*])/.test(text)) return undefined;
  const reader = new JsonReader(text);
  const trees: TextTree[] = [];
  try {
    reader.start();
    do trees.push(reader.document());
    while (!reader.isAtEnd());
    return { trees, brokenAt: undefined };
  } catch (error) {
    if (!(error instanceof SyntaxError) && !(error instanceof TooDeep)) throw error;
    return { trees: [...trees, ...reader.opened], brokenAt: reader.offset };
  }
}

class JsonReader {
  readonly #text: string;
  readonly #token = new RegExp(token);
  #word = "";
  #start = 0;
  /** What was read of a document that breaks off. */
  #opened: TextTree | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  get offset(): number {
    return this.#start;
  }

  get opened(): readonly TextTree[] {
    return this.#opened === undefined ? [] : [this.#opened];
  }

  start(): void {
    this.#token.lastIndex = this.#text.startsWith("\uFEFF") ? 1 : 0;
    this.#advance();
  }

  isAtEnd(): boolean {
    return this.#word === "";
  }

  /** A map or a list: `[section]` with other words behind it is no JSON. */
  document(): TextTree {
    this.#opened = undefined;
    if (this.#word !== "{" && this.#word !== "[") throw new SyntaxError("a map or a list is missing");
    return this.#value(0, (tree) => {
      this.#opened = tree;
    });
  }

  /** @param open takes a map or a list before its first item is read: of JSON that breaks off, it is what there is */
  #value(depth: number, open: (tree: TextTree) => void): TextTree {
    if (depth > MAX_DEPTH) throw new TooDeep();
    if (this.#word === "{") return this.#map(depth, open);
    if (this.#word === "[") return this.#list(depth, open);
    const start = this.#start;
    const word = this.#word;
    if (word === "" || /^[\]},:]/.test(word)) throw new SyntaxError("a value is missing");
    this.#advance();
    const text = word.startsWith('"') ? unquote(word) : word === "null" ? "" : word;
    const tree: TextTree = { kind: "text", text, start, end: start + word.length, isBlock: false };
    open(tree);
    return tree;
  }

  #map(depth: number, open: (tree: TextTree) => void): TextTree {
    const pairs: { key: string; value: TextTree }[] = [];
    const map: TextTree = { kind: "map", pairs };
    open(map);
    this.#advance();
    while (this.#word !== "}") {
      if (!this.#word.startsWith('"')) throw new SyntaxError("a key is missing");
      const key = unquote(this.#word);
      this.#advance();
      this.#expect(":");
      this.#value(depth + 1, (value) => pairs.push({ key, value }));
      if (this.#word !== "}") this.#expect(",");
    }
    this.#advance();
    return map;
  }

  #list(depth: number, open: (tree: TextTree) => void): TextTree {
    const items: TextTree[] = [];
    const list: TextTree = { kind: "list", items };
    open(list);
    this.#advance();
    while (this.#word !== "]") {
      this.#value(depth + 1, (item) => items.push(item));
      if (this.#word !== "]") this.#expect(",");
    }
    this.#advance();
    return list;
  }

  #expect(word: string): void {
    if (this.#word !== word) throw new SyntaxError(`${word} is missing`);
    this.#advance();
  }

  #advance(): void {
    for (;;) {
      const from = this.#token.lastIndex;
      const match = this.#token.exec(this.#text);
      this.#word = match?.[1] ?? "";
      this.#start = match === null ? this.#text.length : match.index + match[0].length - this.#word.length;
      if (match === null && this.#text.slice(from).trim() !== "") throw new SyntaxError("a text does not end");
      if (!/^\/[/*]/.test(this.#word)) return;
      const end = this.#word.startsWith("//") ? "\n" : "*/";
      const at = this.#text.indexOf(end, this.#start + 2);
      this.#token.lastIndex = at === -1 ? this.#text.length : at + end.length;
    }
  }
}

function unquote(word: string): string {
  const value: unknown = JSON.parse(word);
  return typeof value === "string" ? value : word;
}
