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

/** The services, callers, sets and trust of one file, root or included. */
export type Part = Pick<MatrixDocument, "services" | "callers" | "sets" | "trust">;

/** The files of a matrix as they are written, each by itself right. */
export interface LoadedMatrix {
  readonly root: string;
  readonly document: MatrixDocument;
  /** By file name, the root first. */
  readonly parts: ReadonlyMap<string, Part>;
}

/** A problem of a file's text or shape; `rule` is the id that names the kind. */
export interface FileProblem {
  readonly rule: "include" | "schema" | "yaml";
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
  const content = tree.read(rootName);
  if (content.problem !== undefined) return content;
  const loader = new Loader(tree);
  const root = loader.load(rootName, content.bytes, "matrix");
  // An include list that is itself well-formed is followed even where other keys are wrong, so that all is reported at once.
  const include = root === undefined ? [] : includeList(root);
  const folder = posix.dirname(rootName);
  for (const [index, pattern] of include.entries()) loader.include(folder, rootName, pattern, index);
  return loader.result(rootName);
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

  constructor(tree: FileTree) {
    this.#tree = tree;
  }

  load(name: string, bytes: Uint8Array, kind: "matrix" | "include"): ParsedFile | undefined {
    const decoded = decodeText(bytes);
    const source = sourceText(name, "text" in decoded ? decoded.text : "");
    this.#sources.set(name, source);
    if (!("text" in decoded)) {
      this.#problems.push({
        rule: "yaml",
        draft: { message: decoded.problem, help: decoded.help, at: spanOf(source, 0, 0) },
      });
      return undefined;
    }
    const { file, problems } = parseYaml(source);
    this.#problems.push(...problems.map((problem) => ({ rule: "yaml" as const, draft: yamlDraft(source, problem) })));
    if (file === undefined) return undefined;
    this.#parsed.set(name, file);
    this.#problems.push(...checkSchema(file, kind).map((draft) => ({ rule: "schema" as const, draft })));
    return file;
  }

  include(folder: string, rootName: string, pattern: string, index: number): void {
    const at = valueAt(rootName, "include", index);
    const expanded = expandInclude(this.#tree, folder, pattern);
    if ("problem" in expanded) {
      this.#problems.push({ rule: "include", draft: { message: expanded.problem, help: expanded.help, at } });
      return;
    }
    for (const name of expanded.names) {
      if (this.#sources.has(name)) continue;
      const content = this.#tree.read(name, folder);
      if (content.problem !== undefined)
        this.#problems.push({
          rule: "include",
          draft: { message: content.problem, ...(content.help === undefined ? {} : { help: content.help }), at },
        });
      else this.load(name, content.bytes, "include");
    }
  }

  result(rootName: string): LoadResult {
    const whole = { problems: this.#problems, sources: this.#sources, parsed: this.#parsed };
    if (this.#problems.length > 0) return { ...whole, matrix: undefined };
    // The schema was checked above: the data has the shape of the generated types.
    const parts = new Map([...this.#parsed].map(([name, { data }]) => [name, data as unknown as Part]));
    return { ...whole, matrix: { root: rootName, document: parts.get(rootName) as MatrixDocument, parts } };
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
