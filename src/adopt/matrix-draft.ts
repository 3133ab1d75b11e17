import type { LoadedMatrix, Part } from "../matrix/load/load-matrix.ts";
import { buildMatrix } from "../matrix/model/build-matrix.ts";
import type { Matrix } from "../matrix/model/matrix.ts";
import type {
  Caller,
  EdgeValue,
  Environment,
  Exception,
  InheritedAccess,
  MatrixDocument,
  Service,
} from "../matrix/schema/generated/document.ts";
import type { Data } from "../matrix/text/parsed-file.ts";
import { compareText } from "../words/compare-text.ts";
import { commentText } from "../drift/yaml-text.ts";
import type { Instant } from "../time/instant.ts";

/** An entry and the file that it stands in. */
interface Filed<T> {
  readonly file: string;
  readonly value: T;
}

/** The files of a matrix while they are changed: what is not touched stays as it is written. */
export class MatrixDraft {
  readonly root: string;
  readonly environments: Map<string, Environment>;
  readonly services = new Map<string, Filed<Service>>();
  readonly callers = new Map<string, Filed<Caller>>();
  readonly sets = new Map<string, Filed<readonly string[]>>();
  /** By file and edge: a key may stand in several files. */
  readonly trust = new Map<string, { readonly file: string; readonly key: string; readonly value: EdgeValue }>();
  /** The file that an edge stands in; the first of several. */
  readonly #edgeFiles = new Map<string, string>();
  readonly inherited: Map<string, InheritedAccess>;
  exceptions: readonly Exception[];
  readonly #include: string[];
  readonly #owners: Map<string, object> | undefined;
  readonly #parts: ReadonlyMap<string, Part>;
  readonly #document: MatrixDocument;
  readonly #keyFiles: LoadedMatrix["keyFiles"];
  readonly #comments = new Map<string, readonly string[]>();

  constructor({ root, document, parts, keyFiles }: LoadedMatrix) {
    this.root = root;
    this.#keyFiles = keyFiles;
    this.#document = document;
    this.#parts = parts;
    this.environments = new Map(Object.entries(document.environments ?? {}));
    this.inherited = new Map(Object.entries(document.inherited ?? {}));
    this.exceptions = document.exceptions ?? [];
    this.#include = [...(document.include ?? [])];
    this.#owners = document.owners === undefined ? undefined : new Map(Object.entries(document.owners));
    for (const [file, part] of parts) {
      for (const [key, value] of Object.entries(part.services ?? {}))
        this.services.set(key, { file, value: value ?? {} });
      for (const [key, value] of Object.entries(part.callers ?? {})) this.callers.set(key, { file, value });
      for (const [key, value] of Object.entries(part.sets ?? {})) this.sets.set(key, { file, value });
      for (const [key, value] of Object.entries(part.trust ?? {})) this.setEdge(file, key, value);
    }
  }

  /** Whether a name is taken: services, callers and sets share one namespace. */
  hasName(name: string): boolean {
    return this.services.has(name) || this.callers.has(name) || this.sets.has(name);
  }

  setService(key: string, value: Service, file: string): void {
    this.services.set(key, { file: this.services.get(key)?.file ?? file, value });
  }

  setCaller(key: string, value: Caller): void {
    this.callers.set(key, { file: this.callers.get(key)?.file ?? this.root, value });
  }

  setEdge(file: string, key: string, value: EdgeValue | undefined): void {
    if (value === undefined) {
      this.trust.delete(edgeId(file, key));
      return;
    }
    this.trust.set(edgeId(file, key), { file, key, value });
    if (!this.#edgeFiles.has(key)) this.#edgeFiles.set(key, file);
  }

  /** The file that an edge stands in; undefined where none has it. */
  fileOfEdge(key: string): string | undefined {
    const file = this.#edgeFiles.get(key);
    return file !== undefined && this.trust.has(edgeId(file, key)) ? file : undefined;
  }

  edgeIn(file: string, key: string): EdgeValue | undefined {
    return this.trust.get(edgeId(file, key))?.value;
  }

  /** Where owners are listed, every owner has to be one of them. */
  ensureOwner(name: string): void {
    if (this.#owners !== undefined && !this.#owners.has(name)) this.#owners.set(name, {});
  }

  hasOwner(name: string): boolean {
    return this.#owners?.has(name) ?? false;
  }

  /** Includes the files of a folder beside the root file. */
  includeFolder(folder: string): void {
    const pattern = `${folder}/*.yaml`;
    if (!this.#include.includes(pattern)) this.#include.push(pattern);
  }

  /** A comment above an entry that is new. */
  comment(file: string, path: readonly (string | number)[], lines: readonly string[]): void {
    if (lines.length > 0) this.#comments.set(commentKey(file, path), lines.map(commentText));
  }

  commentsAt(file: string, path: readonly (string | number)[]): readonly string[] {
    return this.#comments.get(commentKey(file, path)) ?? [];
  }

  /** The files, as they are to be written. */
  load(): LoadedMatrix {
    const files = [
      ...new Set([this.root, ...this.#parts.keys(), ...[...this.services.values()].map(({ file }) => file)]),
    ];
    const parts = new Map(files.map((file) => [file, this.#part(file)]));
    const document = parts.get(this.root) as MatrixDocument;
    return { root: this.root, document, parts, keyFiles: this.#keyFiles };
  }

  build(asOf: Instant): Matrix {
    return buildMatrix(this.load(), asOf);
  }

  /** The files' data, by name. */
  data(): ReadonlyMap<string, Data> {
    // Documents are data; the generated types cannot say so.
    return new Map([...this.load().parts].map(([file, part]) => [file, part as unknown as Data]));
  }

  #part(file: string): Part {
    const before: Part = this.#parts.get(file) ?? {};
    const trust = [...this.trust.values()].filter((edge) => edge.file === file);
    const after = withSections(before, {
      services: filedIn(this.services, file),
      callers: filedIn(this.callers, file),
      sets: filedIn(this.sets, file),
      trust: trust.map(({ key, value }) => [key, value]),
    });
    return file === this.root ? this.#root(after) : after;
  }

  #root(part: Part): MatrixDocument {
    const { services: _services, callers: _callers, sets: _sets, trust: _trust, ...rest } = this.#document;
    const { include, exceptions } = rest;
    const lists = {
      ...(this.#include.length === 0 && include === undefined ? {} : { include: this.#include }),
      ...(this.exceptions.length === 0 && exceptions === undefined ? {} : { exceptions: this.exceptions }),
    };
    return withSections(
      { ...rest, ...part, ...lists },
      { owners: [...(this.#owners ?? [])], environments: [...this.environments], inherited: [...this.inherited] },
    );
  }
}

function commentKey(file: string, path: readonly (string | number)[]): string {
  return JSON.stringify([file, ...path]);
}

function edgeId(file: string, key: string): string {
  return `${file}\0${key}`;
}

function filedIn<T>(entries: ReadonlyMap<string, Filed<T>>, file: string): readonly (readonly [string, T])[] {
  return [...entries].flatMap(([key, entry]) => (entry.file === file ? [[key, entry.value] as const] : []));
}

/** A document with these entries in its sections. One that lost its last entry goes; one that was empty stays as it is. */
function withSections<T extends object>(
  before: T,
  sections: Readonly<Record<string, readonly (readonly [string, unknown])[]>>,
): T {
  const after = new Map(Object.entries(before));
  for (const [name, entries] of Object.entries(sections)) {
    if (entries.length > 0) after.set(name, Object.fromEntries(inOrder.has(name) ? sortByKey(entries) : entries));
    else if (Object.keys(after.get(name) ?? {}).length > 0) after.delete(name);
  }
  // The sections are those of the document, with entries of their own types.
  return Object.fromEntries(after) as T;
}

/** Sections whose order says nothing: it is that of the keys where the section is new. */
const inOrder: ReadonlySet<string> = new Set(["services", "callers", "sets", "inherited"]);

function sortByKey<T>(entries: readonly (readonly [string, T])[]): readonly (readonly [string, T])[] {
  return entries.toSorted(([a], [b]) => compareText(a, b));
}
