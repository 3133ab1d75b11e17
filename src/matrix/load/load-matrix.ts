import { posix } from "node:path";
import type { FileTree } from "../../files/file-tree.ts";
import type { Draft } from "../../finding/draft.ts";
import { checkSchema } from "../schema/check-schema.ts";
import type { MatrixDocument } from "../schema/generated/document.ts";
import { decodeText } from "../text/decode-text.ts";
import type { YamlProblem } from "../text/node-to-data.ts";
import { parseYaml } from "../text/parse-yaml.ts";
import type { ParsedFile } from "../text/parsed-file.ts";
import { valueAt } from "../text/place.ts";
import { type SourceText, sourceText, spanOf } from "../text/source-text.ts";
import { expandInclude } from "./expand-include.ts";
import { loadKeyFiles } from "./load-key-files.ts";

/** The services, callers, sets and trust of one file, root or included. */
export type Part = Pick<MatrixDocument, "services" | "callers" | "sets" | "trust">;

/** The files of a matrix as they are written, each by itself right. */
export interface LoadedMatrix {
  readonly root: string;
  readonly document: MatrixDocument;
  /** By file name, the root first. */
  readonly parts: ReadonlyMap<string, Part>;
  /** Files of public keys by the name as it is written, as compact JSON. */
  readonly keyFiles: ReadonlyMap<string, string>;
}

/** A problem of a file's text or shape; `rule` is the id that names the kind. */
export interface FileProblem {
  readonly rule: "include" | "key-file" | "schema" | "yaml";
  readonly draft: Draft;
}

export interface LoadResult {
  /** Undefined where a file could not be read or breaks its schema. */
  readonly matrix: LoadedMatrix | undefined;
  readonly problems: readonly FileProblem[];
  readonly sources: ReadonlyMap<string, SourceText>;
  readonly parsed: ReadonlyMap<string, ParsedFile>;
}

/** Why the root file could not be read at all. */
export interface Unreadable {
  readonly problem: string;
  readonly help?: string;
}

/**
 * Reads a matrix and all that it includes, and checks each file by itself: encoding, YAML, schema.
 * @param rootName the root file, as findings show it; includes are relative to its folder
 */
export function loadMatrix(tree: FileTree, rootName: string): LoadResult | Unreadable {
  const text = readText(tree, rootName);
  if ("problem" in text) return text;
  const loader = new Loader(tree);
  const root = loader.load(rootName, text.text, "matrix");
  // An include list that is itself well-formed is followed even where other keys are wrong, so that all is reported at once.
  const include = root === undefined ? [] : includeList(root);
  for (const [index, pattern] of include.entries()) loader.include(rootName, pattern, index);
  loader.keys(rootName);
  return loader.result(rootName);
}

function readText(tree: FileTree, name: string, within?: string): { readonly text: string } | Unreadable {
  const content = tree.read(name, within);
  if (content.problem !== undefined) return content;
  const decoded = decodeText(content.bytes);
  return "text" in decoded ? decoded : { problem: `${name}: ${decoded.problem}`, help: decoded.help };
}

function includeList(file: ParsedFile): readonly string[] {
  const list = (file.data as { readonly include?: unknown } | null)?.include;
  return Array.isArray(list) ? list.filter((item): item is string => typeof item === "string") : [];
}

class Loader {
  readonly #tree: FileTree;
  readonly #sources = new Map<string, SourceText>();
  readonly #parsed = new Map<string, ParsedFile>();
  readonly #problems: FileProblem[] = [];
  #keyFiles: ReadonlyMap<string, string> = new Map();

  constructor(tree: FileTree) {
    this.#tree = tree;
  }

  load(name: string, text: string, kind: "matrix" | "include"): ParsedFile | undefined {
    const source = sourceText(name, text);
    this.#sources.set(name, source);
    const { file, problems } = parseYaml(source);
    for (const problem of problems) this.#problems.push({ rule: "yaml", draft: yamlDraft(source, problem) });
    if (file === undefined) return undefined;
    this.#parsed.set(name, file);
    for (const draft of checkSchema(file, kind)) this.#problems.push({ rule: "schema", draft });
    return file;
  }

  include(rootName: string, pattern: string, index: number): void {
    const folder = posix.dirname(rootName);
    const at = valueAt(rootName, "include", index);
    const refuse = ({ problem, help }: Unreadable): void => {
      this.#problems.push({
        rule: "include",
        draft: { message: problem, ...(help === undefined ? {} : { help }), at },
      });
    };
    const expanded = expandInclude(this.#tree, folder, pattern);
    if ("problem" in expanded) {
      refuse(expanded);
      return;
    }
    for (const name of expanded.names) {
      if (this.#sources.has(name)) continue;
      const text = readText(this.#tree, name, folder);
      if ("problem" in text) refuse(text);
      else this.load(name, text.text, "include");
    }
  }

  keys(rootName: string): void {
    const { sets, sources, problems } = loadKeyFiles(this.#tree, posix.dirname(rootName), [...this.#parsed.values()]);
    this.#keyFiles = sets;
    for (const source of sources) this.#sources.set(source.name, source);
    for (const draft of problems) this.#problems.push({ rule: "key-file", draft });
  }

  result(rootName: string): LoadResult {
    const whole = { problems: this.#problems, sources: this.#sources, parsed: this.#parsed };
    if (this.#problems.length > 0) return { ...whole, matrix: undefined };
    // The schema was checked above: the data has the shape of the generated types.
    const parts = new Map([...this.#parsed].map(([name, { data }]) => [name, data as unknown as Part]));
    const document = parts.get(rootName) as MatrixDocument;
    return { ...whole, matrix: { root: rootName, document, parts, keyFiles: this.#keyFiles } };
  }
}

function yamlDraft(source: SourceText, { message, help, start, end, other }: YamlProblem): Draft {
  return {
    message,
    ...(help === undefined ? {} : { help }),
    at: spanOf(source, start, end),
    ...(other === undefined
      ? {}
      : { related: [{ message: other.message, at: spanOf(source, other.start, other.end) }] }),
  };
}
