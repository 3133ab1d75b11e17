import { isCollection, isPair, isScalar, type Node, type Pair } from "yaml";

export type YamlPair = Pair<Node | null, Node | null>;

/** A text and the places in it at which its parts start and end. */
export class TextLayout {
  readonly text: string;
  readonly eol: string;

  /** @param text whose last line is ended */
  constructor(text: string) {
    this.text = text;
    const first = text.indexOf("\n");
    this.eol = first > 0 && text[first - 1] === "\r" ? "\r\n" : "\n";
  }

  lineStart(offset: number): number {
    return this.text.lastIndexOf("\n", offset - 1) + 1;
  }

  /** Where the next line starts. */
  nextLine(offset: number): number {
    const end = this.text.indexOf("\n", offset);
    return end === -1 ? this.text.length : end + 1;
  }

  /** Where the line ends, before its line break. */
  lineEnd(offset: number): number {
    const end = this.text.indexOf("\n", offset);
    if (end === -1) return this.text.length;
    return end > offset && this.text[end - 1] === "\r" ? end - 1 : end;
  }

  /** The line that starts here, without its line break. */
  line(start: number): string {
    return this.text.slice(start, this.lineEnd(start));
  }

  /** The first of the comment lines directly above a line. */
  leadStart(lineStart: number, column: number, limit: number): number {
    let start = lineStart;
    while (start > limit) {
      const above = this.lineStart(start - 1);
      if (above < limit || !isComment(this.line(above), 0, column)) break;
      start = above;
    }
    return start;
  }

  /** The line after the one that an entry ends on, and after the comments that are indented deeper than entries are. */
  afterEnd(end: number, column: number): number {
    let next = this.nextLine(end);
    while (next < this.text.length && isComment(this.line(next), column + 1, Infinity)) next = this.nextLine(next);
    return next;
  }

  /** The first of the blank lines directly above a line. */
  blankStart(lineStart: number, limit: number): number {
    let start = lineStart;
    while (start > limit) {
      const above = this.lineStart(start - 1);
      if (above < limit || this.line(above).trim() !== "") break;
      start = above;
    }
    return start;
  }

  isBlank(lineStart: number): boolean {
    return lineStart >= this.text.length || this.line(lineStart).trim() === "";
  }

  /** Whether nothing stands in the first columns of a line. */
  isBlankTo(lineStart: number, column: number): boolean {
    return this.text.slice(lineStart, lineStart + column).trim() === "";
  }

  /** The end of the text of a node, without the line break and comment after it. */
  endOf(node: Node): number {
    if (isCollection(node) && node.flow !== true) {
      const last = node.items.at(-1);
      if (isPair(last)) return this.pairEnd(last as YamlPair);
      // Nodes only, where it is no map.
      if (last !== undefined && last !== null) return this.endOf(last as Node);
    }
    const [start = 0, end = 0] = node.range ?? [];
    // Nothing behind a dash: the dash is all there is.
    return isEmpty(node) ? this.#beforeBlank(end) : this.#trimmed(start, end);
  }

  pairEnd({ key, value }: YamlPair): number {
    const keyEnd = key?.range?.[1] ?? 0;
    const colon = this.afterColon(keyEnd);
    if (value === null || value === undefined) return colon ?? keyEnd;
    return isEmpty(value) ? Math.max(colon ?? keyEnd, this.#propertiesEnd(colon ?? keyEnd)) : this.endOf(value);
  }

  /** The place after the colon of a key; undefined where there is none. */
  afterColon(keyEnd: number): number | undefined {
    let at = keyEnd;
    for (;;) {
      const character = this.text[at];
      if (character === ":") return at + 1;
      if (character === "#") at = this.lineEnd(at);
      else if (character !== undefined && /\s/.test(character)) at++;
      else return undefined;
    }
  }

  /** A value that is written as nothing may have an anchor or a tag. */
  #propertiesEnd(colon: number): number {
    const found = /^[ \t]*[&!][^\s,{}[\]]*(?:[ \t]+[&!][^\s,{}[\]]*)*/.exec(
      this.text.slice(colon, this.lineEnd(colon)),
    );
    return colon + (found?.[0].length ?? 0);
  }

  #beforeBlank(offset: number): number {
    let end = offset;
    while (end > 0 && /[ \t\r\n]/.test(this.text[end - 1] ?? "")) end--;
    return end;
  }

  /** A block of text ends with a line break of its own, and maybe blank lines. */
  #trimmed(start: number, end: number): number {
    return start + this.text.slice(start, end).trimEnd().length;
  }
}

/** A value that is written as nothing. */
export function isEmpty(node: Node): boolean {
  return isScalar(node) && node.value === null && (node.source ?? "") === "";
}

/** Whether a line holds a comment and nothing else, indented by so many columns. */
function isComment(line: string, least: number, most: number): boolean {
  const column = line.search(/\S/);
  return line[column] === "#" && column >= least && column <= most;
}
