import type { YAMLError } from "yaml";

/** What a problem of YAML is called here, and what to do; the library's own words serve where there is nothing better. */
const words: Readonly<Partial<Record<YAMLError["code"], { readonly message: string; readonly help: string }>>> = {
  TAB_AS_INDENT: { message: "a tab cannot indent YAML", help: "use spaces" },
  BLOCK_AS_IMPLICIT_KEY: {
    message: "a colon and a space stand inside plain text",
    help: "put the text in quotes, or start a new line after the first colon",
  },
  MULTILINE_IMPLICIT_KEY: { message: "this line has no colon", help: "write it as key: value" },
  BAD_INDENT: { message: "this line is indented differently from the lines around it", help: "align it with them" },
  BLOCK_IN_FLOW: { message: "a { or [ above is not closed", help: "close it with } or ]" },
  BAD_ALIAS: {
    message: "the name of an anchor or alias is not right",
    help: "write &name once, and *name where it is meant",
  },
  BAD_SCALAR_START: { message: "plain text cannot start with this character", help: "put the text in quotes" },
  MULTIPLE_ANCHORS: { message: "a value has two anchors", help: "keep one" },
  TAG_RESOLVE_FAILED: { message: "matrix takes no YAML tags", help: "delete the tag" },
  UNEXPECTED_TOKEN: { message: "this does not belong here", help: "check the quotes, brackets and colons before it" },
};

/** A problem of YAML as a sentence, with advice where there is some. */
export function describeYamlProblem({ code, message }: YAMLError): {
  readonly message: string;
  readonly help?: string;
} {
  if (code === "MISSING_CHAR") return describeMissing(message);
  return words[code] ?? { message: firstSentence(message) };
}

function describeMissing(message: string): { readonly message: string; readonly help?: string } {
  if (message.includes("quote"))
    return { message: "a quote is not closed", help: "close it, or put the whole text in quotes" };
  const bracket = /[}\]]/.exec(message)?.[0];
  if (bracket !== undefined)
    return { message: `a ${bracket === "}" ? "{" : "["} is not closed`, help: `close it with ${bracket}` };
  return { message: firstSentence(message) };
}

/** The library quotes the text, however long it is. */
const MAX_MESSAGE = 160;

function firstSentence(message: string): string {
  const line = message.split("\n", 1)[0] ?? message;
  const short = line.length > MAX_MESSAGE ? `${line.slice(0, MAX_MESSAGE)}…` : line;
  return short.charAt(0).toLowerCase() + short.slice(1);
}
