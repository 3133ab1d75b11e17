import { Composer, type CST, type Document, Parser } from "yaml";
import type { YamlProblem } from "./node-to-data.ts";
import { nodeToData } from "./node-to-data.ts";
import type { ParsedFile } from "./parsed-file.ts";
import { describeYamlProblem } from "./yaml-messages.ts";
import type { SourceText } from "./source-text.ts";

/** How deep collections may nest. The language itself needs nine levels. */
const MAX_DEPTH = 64;

/** How many problems of one file are worth showing: a file that is not YAML at all has thousands. */
const MAX_PROBLEMS = 20;

export type ParseResult =
  | { readonly file: ParsedFile; readonly problems: readonly [] }
  | { readonly file?: undefined; readonly problems: readonly YamlProblem[] };

/** YAML text as data with positions, or every reason why it is none. Never throws on any text. */
export function parseYaml(source: SourceText): ParseResult {
  const tokens = [...new Parser().parse(source.text)];
  const tooDeep = findTooDeep(tokens);
  if (tooDeep !== undefined) {
    return {
      problems: [{ message: `the text nests more than ${MAX_DEPTH} levels deep`, start: tooDeep, end: tooDeep + 1 }],
    };
  }
  // Unique keys are checked in nodeToData: the library's own check is quadratic on large maps.
  const composer = new Composer({
    version: "1.2",
    schema: "core",
    uniqueKeys: false,
    merge: false,
    logLevel: "silent",
  });
  const documents = [...composer.compose(tokens, true, source.text.length)];
  const document = documents[0];
  if (document === undefined) return { problems: [{ message: "the file is empty", start: 0, end: 0 }] };
  const problems = [...documentProblems(document), ...extraDocuments(documents)];
  if (problems.length > 0) return { problems: problems.slice(0, MAX_PROBLEMS) };
  const converted = nodeToData(document);
  if (converted.problems.length > 0) return { problems: converted.problems.slice(0, MAX_PROBLEMS) };
  if (converted.data === null) return { problems: [{ message: "the file is empty", start: 0, end: 0 }] };
  return { file: { source, data: converted.data, root: document.contents, targets: converted.targets }, problems: [] };
}

function documentProblems(document: Document.Parsed): readonly YamlProblem[] {
  const version = document.directives.yaml;
  const oldYaml: readonly YamlProblem[] =
    version.explicit === true && version.version !== "1.2"
      ? [
          {
            message: `the file asks for YAML ${version.version}; matrix reads YAML 1.2`,
            help: "delete the %YAML line",
            start: 0,
            end: 5,
          },
        ]
      : [];
  const fromLibrary = [...document.errors, ...document.warnings].map((problem) => ({
    ...describeYamlProblem(problem),
    start: problem.pos[0],
    end: problem.pos[1],
  }));
  return [...oldYaml, ...fromLibrary];
}

function extraDocuments(documents: readonly (Document.Parsed | undefined)[]): readonly YamlProblem[] {
  const second = documents[1];
  if (second === undefined) return [];
  const start = second.contents?.range[0] ?? second.range[0];
  return [
    {
      message: "a second YAML document starts here; a file holds one",
      help: "delete the --- line",
      start,
      end: start + 1,
    },
  ];
}

/** The offset at which a collection nests too deep. Iterative, since the composer, like any recursion, would overflow there. */
function findTooDeep(tokens: readonly CST.Token[]): number | undefined {
  const open: { token: CST.Token; depth: number }[] = tokens.map((token) => ({ token, depth: 0 }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { token, depth } = next;
    if (token.type === "document") {
      if (token.value !== undefined) open.push({ token: token.value, depth });
    } else if ("items" in token) {
      if (depth >= MAX_DEPTH) return token.offset;
      for (const { key, value } of token.items) {
        if (key) open.push({ token: key, depth: depth + 1 });
        if (value) open.push({ token: value, depth: depth + 1 });
      }
    }
  }
  return undefined;
}
