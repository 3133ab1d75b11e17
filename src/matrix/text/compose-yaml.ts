import { Composer, type CST, type Document, Lexer, Parser, type YAMLError } from "yaml";

/** How deep collections may nest. The language itself needs nine levels. */
export const MAX_DEPTH = 64;

/** After so many errors a file is not YAML at all; all but the first are consequences. */
const MAX_ERRORS = 1000;

/** Three times those of a matrix of 10,000 services with 10 callers each; the largest file of noise has five times as many. */
const MAX_TOKENS = 3_000_000;
/** After so many without a problem, the rest is worth counting. */
const MANY_TOKENS = 10_000;

/** What stands in a text, as far as it was read. */
export interface Composed {
  /** Two where there are two or more. */
  readonly documents: readonly Document.Parsed[];
  readonly errors: readonly YAMLError[];
  /** The offset at which a collection nests too deep; nothing after it was read. */
  readonly tooDeepAt?: number;
  /** Whether there are more words, signs and blanks than any matrix needs; they were not read. */
  readonly isTooLong?: true;
}

/** Thrown through the library once there are errors enough. */
class Enough extends Error {}

/**
 * Reads YAML text no further than there is something to say about it: any text ends soon, and in little memory. The
 * composer, like any recursion, would overflow on deep collections, so the parser is stopped before it gets them.
 */
export function composeYaml(text: string): Composed {
  const parser = new Parser();
  const composer = boundedComposer();
  const documents: Document.Parsed[] = [];
  const composed = (): Composed => ({ documents, errors: errorsOf(composer, documents) });
  try {
    let broken = 0;
    let tokens = 0;
    for (const token of new Lexer().lex(text)) {
      if (++tokens === MANY_TOKENS && isTooLong(text)) return { ...composed(), isTooLong: true };
      for (const part of parser.next(token)) {
        if (part.type === "error" && ++broken >= MAX_ERRORS) throw new Enough();
        documents.push(...composer.next(part));
      }
      // The second document is there by the time that the first is handed out.
      if (documents.length > 0) break;
      const deepest = parser.stack.length > MAX_DEPTH ? parser.stack.filter(isCollection)[MAX_DEPTH] : undefined;
      if (deepest !== undefined) return { ...composed(), tooDeepAt: deepest.offset };
    }
    if (documents.length === 0) for (const part of parser.end()) documents.push(...composer.next(part));
    documents.push(...composer.end(true, text.length));
    return composed();
  } catch (error) {
    if (error instanceof Enough) return composed();
    throw error;
  }
}

/** Counting tokens is quick; building a document of them, only to throw it away, is not. */
function isTooLong(text: string): boolean {
  if (text.length <= MAX_TOKENS) return false;
  let tokens = 0;
  for (const _ of new Lexer().lex(text)) if (++tokens > MAX_TOKENS) return true;
  return false;
}

/** Unique keys are checked elsewhere: the library's own check is quadratic on large maps. */
function boundedComposer(): Composer {
  const composer = new Composer({
    version: "1.2",
    schema: "core",
    uniqueKeys: false,
    merge: false,
    logLevel: "silent",
  });
  const report = composer["onError"] as (...problem: readonly unknown[]) => void;
  let reported = 0;
  composer["onError"] = (...problem: readonly unknown[]) => {
    report(...problem);
    if (++reported >= MAX_ERRORS) throw new Enough();
  };
  return composer;
}

function errorsOf(composer: Composer, documents: readonly Document.Parsed[]): readonly YAMLError[] {
  const unfinished = composer["doc"] as Document.Parsed | null;
  return [
    ...[...documents, ...(unfinished === null ? [] : [unfinished])].flatMap(({ errors, warnings }) => [
      ...errors,
      ...warnings,
    ]),
    ...(composer["errors"] as readonly YAMLError[]),
    ...(composer["warnings"] as readonly YAMLError[]),
  ];
}

function isCollection(token: CST.Token): boolean {
  return "items" in token;
}
