import { MAX_DEPTH, type TextTree, TooDeep } from "./text-tree.ts";

const token =
  /(?:\s|#[^\n]*|\/\/[^\n]*|\/\*[^]*?\*\/)*(<<-?([A-Za-z_]\w*)[^\n]*\n|"(?:\$\{(?:[^{}]|\{[^{}]*\})*\}|[^"\\]|\\.)*"|[A-Za-z_][\w.-]*|[{}[\](),=:?]|[^\s{}[\](),=:?"]+)/gy;

/** Terraform and its variables as a tree: blocks are maps in maps, by their type and labels. Undefined where it is none. */
export function readHcl(text: string): TextTree | undefined {
  try {
    const reader = new HclReader(text);
    const tree = reader.body(0, "");
    return tree;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TooDeep) return undefined;
    throw error;
  }
}

interface Pair {
  readonly key: string;
  readonly value: TextTree;
}

class HclReader {
  readonly #text: string;
  readonly #token = new RegExp(token);
  #word = "";
  #start = 0;
  #heredoc: TextTree | undefined;

  constructor(text: string) {
    this.#text = text;
    this.#advance();
  }

  /** Attributes and blocks up to a word. */
  body(depth: number, end: string): TextTree {
    if (depth > MAX_DEPTH) throw new TooDeep();
    const pairs: Pair[] = [];
    while (this.#word !== end) {
      if (this.#word === "") throw new SyntaxError("a block does not end");
      if (this.#word === ",") {
        this.#advance();
        continue;
      }
      pairs.push(this.#statement(depth));
    }
    this.#advance();
    return { kind: "map", pairs };
  }

  #statement(depth: number): Pair {
    const words: string[] = [];
    while (!["=", ":", "{", "}", ""].includes(this.#word)) {
      words.push(unquote(this.#word));
      this.#advance();
    }
    const [key = "", ...labels] = words;
    const opener = this.#word;
    if (opener === "{") {
      this.#advance();
      const block = this.body(depth + 1, "}");
      return { key, value: labels.reduceRight((value, label) => mapOf(label, value), block) };
    }
    if (opener !== "=" && opener !== ":") throw new SyntaxError("an attribute has no value");
    this.#advance();
    return { key, value: this.#expression(depth + 1) };
  }

  /** A text, map or list; of anything else the texts and maps that stand in it. */
  #expression(depth: number): TextTree {
    if (depth > MAX_DEPTH) throw new TooDeep();
    const items: TextTree[] = [];
    let open = 0;
    const isEnd = (): boolean =>
      this.#word === "" ||
      (open === 0 && (["}", "]", ",", ")"].includes(this.#word) || (items.length > 0 && this.#startsLine())));
    let isFirst = true;
    while (!isEnd() && (isFirst || open > 0 || !this.#startsLine())) {
      isFirst = false;
      const word = this.#word;
      const start = this.#start;
      if (word === "{") {
        this.#advance();
        items.push(this.body(depth + 1, "}"));
        continue;
      }
      if (word === "[") items.push(this.#list(depth + 1));
      else {
        if (word === "(") open++;
        if (word === ")") open--;
        const heredoc = this.#heredoc;
        if (heredoc !== undefined) items.push(heredoc);
        else if (word.startsWith('"') || /^(-?\d|true$|false$)/.test(word))
          items.push({ kind: "text", text: unquote(word), start, end: start + word.length, isBlock: false });
        this.#advance();
      }
    }
    const [only] = items;
    return only !== undefined && items.length === 1 ? only : { kind: "list", items };
  }

  #list(depth: number): TextTree {
    const items: TextTree[] = [];
    this.#advance();
    while (this.#word !== "]") {
      if (this.#word === "") throw new SyntaxError("a list does not end");
      const before = this.#start;
      if (this.#word === ",") this.#advance();
      else items.push(this.#expression(depth));
      // Whatever this is, it is not read twice.
      if (this.#start === before && this.#word !== "]") this.#advance();
    }
    this.#advance();
    return { kind: "list", items };
  }

  /** Whether a line break stands before the word. */
  #startsLine(): boolean {
    return /\n[^\S\n]*$/.test(this.#text.slice(Math.max(0, this.#start - 200), this.#start));
  }

  #advance(): void {
    const match = this.#token.exec(this.#text);
    this.#heredoc = undefined;
    const [, word = "", label] = match ?? [];
    this.#word = word;
    this.#start = match === null ? this.#text.length : match.index + match[0].length - word.length;
    if (label === undefined) return;
    const from = this.#start + word.length;
    const end = new RegExp(`^[^\\S\\n]*${label}[^\\S\\n]*$`, "m");
    const rest = this.#text.slice(from);
    const length = end.exec(rest)?.index ?? rest.length;
    this.#token.lastIndex = from + length + (end.exec(rest)?.[0].length ?? 0);
    this.#heredoc = {
      kind: "text",
      text: rest.slice(0, length),
      start: this.#start,
      end: from + length,
      isBlock: true,
    };
  }
}

function mapOf(key: string, value: TextTree): TextTree {
  return { kind: "map", pairs: [{ key, value }] };
}

const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r" };

function unquote(word: string): string {
  if (!word.startsWith('"')) return word;
  return word.slice(1, -1).replace(/\\(.)/g, (_, sign: string) => escapes[sign] ?? sign);
}
