import type { Document } from "yaml";
import { composeYaml, MAX_DEPTH } from "./compose-yaml.ts";
import type { YamlProblem } from "./node-to-data.ts";
import { nodeToData } from "./node-to-data.ts";
import type { ParsedFile } from "./parsed-file.ts";
import type { SourceText } from "./source-text.ts";
import { describeYamlProblems } from "./yaml-messages.ts";

/** How many problems of one file are worth showing. */
const MAX_PROBLEMS = 20;

export type ParseResult =
  | { readonly file: ParsedFile; readonly problems: readonly [] }
  | { readonly file?: undefined; readonly problems: readonly YamlProblem[] };

/** YAML text as data with positions, or every reason why it is none. Never throws on any text. */
export function parseYaml(source: SourceText): ParseResult {
  const { documents, errors, tooDeepAt, isTooLong } = composeYaml(source.text);
  if (tooDeepAt !== undefined)
    return {
      problems: [
        { message: `the text nests more than ${MAX_DEPTH} levels deep`, start: tooDeepAt, end: tooDeepAt + 1 },
      ],
    };
  if (isTooLong === true) return { problems: [longFile] };
  const document = documents[0];
  const problems = [
    ...(document === undefined ? [] : oldVersion(document)),
    ...describeYamlProblems(source.text, errors, documents),
    ...extraDocuments(documents),
  ];
  if (problems.length > 0) return { problems: problems.slice(0, MAX_PROBLEMS) };
  if (document === undefined) return { problems: [emptyFile] };
  const converted = nodeToData(document);
  if (converted.problems.length > 0) return { problems: converted.problems.slice(0, MAX_PROBLEMS) };
  if (converted.data === null) return { problems: [emptyFile] };
  return { file: { source, data: converted.data, root: document.contents, targets: converted.targets }, problems: [] };
}

const emptyFile: YamlProblem = { message: "the file is empty", start: 0, end: 0 };

const longFile: YamlProblem = {
  message: "the file holds more words and signs than any matrix needs, and is not read",
  help: "split the matrix with include, or check that this is the file you meant",
  start: 0,
  end: 0,
};

function oldVersion({ directives: { yaml } }: Document.Parsed): readonly YamlProblem[] {
  if (yaml.explicit !== true || yaml.version === "1.2") return [];
  return [
    {
      message: `the file asks for YAML ${yaml.version}; matrix reads YAML 1.2`,
      help: "delete the %YAML line",
      start: 0,
      end: 5,
    },
  ];
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
