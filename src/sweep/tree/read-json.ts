import { MAX_DEPTH, type TextTree, TooDeep } from "./text-tree.ts";

const token = /\s*([{}[\],:]|"(?:[^"\\]|\\.)*"|[^\s{}[\],:"]+)/gy;

/** JSON as a tree; undefined where it is none. Of the same keys in one map, all are kept. */
export function readJson(text: string): TextTree | undefined {
  if (!/^\uFEFF?\s*[[{]/.test(text)) return undefined;
  try {
    const reader = new JsonReader(text);
    const tree = reader.value(0);
    return reader.isAtEnd() ? tree : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TooDeep) return undefined;
    throw error;
  }
}

class JsonReader {
  readonly #text: string;
  readonly #token = new RegExp(token);
  #word = "";
  #start = 0;

  constructor(text: string) {
    this.#text = text;
    this.#token.lastIndex = text.startsWith("\uFEFF") ? 1 : 0;
    this.#advance();
  }

  isAtEnd(): boolean {
    return this.#word === "";
  }

  value(depth: number): TextTree {
    if (depth > MAX_DEPTH) throw new TooDeep();
    if (this.#word === "{") return this.#map(depth);
    if (this.#word === "[") return this.#list(depth);
    const start = this.#start;
    const word = this.#word;
    if (word === "" || /^[\]},:]/.test(word)) throw new SyntaxError("a value is missing");
    this.#advance();
    const text = word.startsWith('"') ? unquote(word) : word === "null" ? "" : word;
    return { kind: "text", text, start, end: start + word.length, isBlock: false };
  }

  #map(depth: number): TextTree {
    const pairs: { key: string; value: TextTree }[] = [];
    this.#advance();
    while (this.#word !== "}") {
      if (pairs.length > 0) this.#expect(",");
      if (!this.#word.startsWith('"')) throw new SyntaxError("a key is missing");
      const key = unquote(this.#word);
      this.#advance();
      this.#expect(":");
      pairs.push({ key, value: this.value(depth + 1) });
    }
    this.#advance();
    return { kind: "map", pairs };
  }

  #list(depth: number): TextTree {
    const items: TextTree[] = [];
    this.#advance();
    while (this.#word !== "]") {
      if (items.length > 0) this.#expect(",");
      items.push(this.value(depth + 1));
    }
    this.#advance();
    return { kind: "list", items };
  }

  #expect(word: string): void {
    if (this.#word !== word) throw new SyntaxError(`${word} is missing`);
    this.#advance();
  }

  #advance(): void {
    const match = this.#token.exec(this.#text);
    this.#word = match?.[1] ?? "";
    if (match !== null) this.#start = match.index + match[0].length - this.#word.length;
    else if (this.#text.slice(this.#start).trim() === "") this.#word = "";
  }
}

function unquote(word: string): string {
  const value: unknown = JSON.parse(word);
  return typeof value === "string" ? value : word;
}
