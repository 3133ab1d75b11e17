import { Composer, type CST, type Document, isAlias, isMap, isNode, isScalar, isSeq, Lexer, Parser } from "yaml";
import { MAX_DEPTH, type TextTree, TooDeep } from "./text-tree.ts";

/** Aliases repeat what they stand for: of a text that multiplies without end, this much is read. */
const MAX_NODES = 200_000;

class TooMany extends Error {}

/** The documents of YAML text as trees; undefined where one is broken, nests too deep or multiplies without end. */
export function readYaml(text: string): readonly TextTree[] | undefined {
  try {
    const documents = compose(text);
    if (typeof documents === "number") return undefined;
    let left = MAX_NODES;
    const step = (): void => {
      if (--left < 0) throw new TooMany();
    };
    return documents.flatMap((document) =>
      isNode(document.contents) ? [toTree(document.contents, document, step, 0)] : [],
    );
  } catch (error) {
    if (error instanceof TooDeep || error instanceof TooMany) return undefined;
    throw error;
  }
}

/** Where YAML breaks off; undefined where it is whole, nested and multiplied as it may be. */
export function findYamlBreak(text: string): number | undefined {
  const documents = compose(text);
  return typeof documents === "number" ? documents : undefined;
}

/**
 * The documents, or the offset of the first error or of a collection that nests too deep: it stops there, for the library
 * takes its time over both.
 */
function compose(text: string): readonly Document.Parsed[] | number {
  const parser = new Parser();
  const composer = new Composer({ uniqueKeys: false, merge: true, logLevel: "silent", strict: false });
  const documents: Document.Parsed[] = [];
  const breakIn = (document: Document.Parsed): number | undefined => document.errors[0]?.pos[0];
  const take = (parts: Iterable<CST.Token>): number | undefined => {
    for (const part of parts) {
      if (part.type === "error" || parser.stack.length > MAX_DEPTH) return part.offset;
      for (const document of composer.next(part)) {
        const broken = breakIn(document);
        if (broken !== undefined) return broken;
        documents.push(document);
      }
    }
    return undefined;
  };
  for (const token of new Lexer().lex(text)) {
    const broken = parser.stack.length > MAX_DEPTH ? parser.offset : take(parser.next(token));
    if (broken !== undefined) return broken;
  }
  const broken = take(parser.end());
  if (broken !== undefined) return broken;
  documents.push(...composer.end());
  return documents.map(breakIn).find((offset) => offset !== undefined) ?? documents;
}

function toTree(node: unknown, document: Document.Parsed, step: () => void, depth: number): TextTree {
  step();
  if (depth > MAX_DEPTH) throw new TooDeep();
  const child = (value: unknown): TextTree => toTree(value, document, step, depth + 1);
  if (isAlias(node)) {
    const target = node.resolve(document);
    if (target !== undefined) return child(target);
  }
  if (isMap(node)) {
    const pairs = node.items.flatMap(({ key, value }) => {
      const name = isScalar(key) ? String(key.value) : "";
      const tree = child(value);
      return name === "<<" ? merged(tree) : [{ key: name, value: tree }];
    });
    return { kind: "map", pairs };
  }
  if (isSeq(node)) return { kind: "list", items: node.items.map(child) };
  if (!isScalar(node)) return { kind: "text", text: "", start: 0, end: 0, isBlock: false };
  const [start, end] = node.range ?? [0, 0];
  // Numbers as they are written: 0123 is a password like any other.
  const isText = typeof node.value === "string";
  const text = isText ? String(node.value) : node.value === null ? "" : (node.source ?? String(node.value));
  const isBlock = node.type === "BLOCK_LITERAL" || node.type === "BLOCK_FOLDED";
  // What only Ansible can read is none of ours.
  if (node.tag === "!vault") return { kind: "text", text: "", start, end, isBlock };
  return { kind: "text", text, start, end, isBlock };
}

/** What `<<` brings: the pairs of a map, or of several. */
function merged(tree: TextTree): readonly { readonly key: string; readonly value: TextTree }[] {
  if (tree.kind === "map") return tree.pairs;
  return tree.kind === "list" ? tree.items.flatMap(merged) : [];
}
