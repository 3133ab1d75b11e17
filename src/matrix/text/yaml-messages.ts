import { type Document, isMap, isScalar, isSeq, type Node, visit, type YAMLError } from "yaml";
import type { YamlProblem } from "./node-to-data.ts";

type Code = YAMLError["code"];
type Words = Pick<YamlProblem, "message" | "help">;

/** What a problem of YAML is called here, and what to do; the library's own words serve where there is nothing better. */
const words: Readonly<Partial<Record<Code, Words>>> = {
  TAB_AS_INDENT: { message: "a tab cannot indent YAML", help: "use spaces" },
  BLOCK_AS_IMPLICIT_KEY: {
    message: "a colon and a space stand inside plain text",
    help: "put the text in quotes, or start a new line after the first colon",
  },
  MULTILINE_IMPLICIT_KEY: {
    message: "this line is no key with a value",
    help: "write it as key: value, with a space after the colon",
  },
  BAD_INDENT: { message: "this line is indented differently from the lines around it", help: "align it with them" },
  BLOCK_IN_FLOW: {
    message: "this does not follow what stands before it inside { or [",
    help: "put a comma between them, or close the bracket before",
  },
  BAD_ALIAS: {
    message: "the name of an anchor or alias is not right",
    help: "write &name once, and *name where it is meant",
  },
  BAD_SCALAR_START: { message: "plain text cannot start with this character", help: "put the text in quotes" },
  MULTIPLE_ANCHORS: { message: "a value has two anchors", help: "keep one" },
  TAG_RESOLVE_FAILED: { message: "matrix takes no YAML tags", help: "delete the tag" },
  UNEXPECTED_TOKEN: { message: "this does not belong here", help: "check the quotes, brackets and colons before it" },
};

/** Problems after which the reader no longer knows where it is: more of them are consequences of the first. */
const structural: ReadonlySet<Code> = new Set<Code>([
  "BAD_INDENT",
  "BAD_PROP_ORDER",
  "BLOCK_AS_IMPLICIT_KEY",
  "BLOCK_IN_FLOW",
  "IMPOSSIBLE",
  "KEY_OVER_1024_CHARS",
  "MISSING_CHAR",
  "MULTILINE_IMPLICIT_KEY",
  "UNEXPECTED_TOKEN",
]);

/** Problems as sentences at their places, with advice where there is some, without those that are mere consequences. */
export function describeYamlProblems(
  text: string,
  errors: readonly YAMLError[],
  documents: readonly Document[],
): readonly YamlProblem[] {
  let isLost = false;
  return errors
    .toSorted((a, b) => a.pos[0] - b.pos[0])
    .flatMap((error) => {
      const isConsequence = isLost && structural.has(error.code);
      isLost ||= structural.has(error.code) || error.code === "TAB_AS_INDENT";
      return isConsequence ? [] : [describe(text, error, documents)];
    });
}

function describe(text: string, error: YAMLError, documents: readonly Document[]): YamlProblem {
  const { code, message } = error;
  const [start, end] = error.pos;
  const opening = documents.map((document) => openingOf(error, document)).find((node) => node !== undefined);
  const from = opening?.range?.[0];
  if (from === undefined) return { ...(words[code] ?? { message: firstSentence(message) }), start, end };
  if (isScalar(opening)) return { ...openQuote, start: from, end: from + 1 };
  const [open, close] = isMap(opening) ? ["{", "}"] : ["[", "]"];
  return text[start] === close
    ? { message: `this ${close} stands too far left`, help: "indent it more than the key above", start, end }
    : { message: `this ${open} is not closed`, help: `close it with ${close}`, start: from, end: from + 1 };
}

const openQuote: Words = { message: "this quote is not closed", help: "close it, or put the whole text in quotes" };

/** What a missing end belongs to. The library complains where it stopped to look for it, which may be the end of the file. */
function openingOf({ code, message, pos: [at] }: YAMLError, document: Document): Node | undefined {
  const isQuote = code === "MISSING_CHAR" && message.includes("quote");
  const isBracket = code === "BAD_INDENT" && message.startsWith("Flow ");
  let found: Node | undefined;
  if (!isQuote && !isBracket) return found;
  visit(document, {
    Node(_, node) {
      const isKind = isQuote ? isScalar(node) : (isMap(node) || isSeq(node)) && node.flow === true;
      if (isKind && node.range?.[1] === at) found = node;
    },
  });
  return found;
}

/** The library quotes the text, however long it is. */
const MAX_MESSAGE = 160;

function firstSentence(message: string): string {
  const line = message.split("\n", 1)[0] ?? message;
  const short = line.length > MAX_MESSAGE ? `${line.slice(0, MAX_MESSAGE)}…` : line;
  return short.charAt(0).toLowerCase() + short.slice(1);
}
