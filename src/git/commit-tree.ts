import { posix } from "node:path";
import { FileError } from "../files/file-error.ts";
import type { FileContent, FileTree, Refusal } from "../files/file-tree.ts";
import { MAX_FILE_BYTES, tooLarge } from "../matrix/text/decode-text.ts";
import { compareText } from "../words/compare-text.ts";
import { attributePaths, findAltered, mayAlter } from "./checkout-attributes.ts";
import { type CommitEntry as Entry, FOLDER, helpFor, LINK, type Naming, refusalOf, SUBMODULE } from "./commit-entry.ts";
import { complaintOf, type Git, GitComplaint } from "./run-git.ts";

/** What is read ahead is likely to be included, and small. In bytes each, and in all. */
const AHEAD_EACH = 1024 * 1024;
const AHEAD_ALL = 16 * AHEAD_EACH;
/** In files, at once. */
const MAX_AHEAD = 1024;

/** The same as on a disk: other people's files. */
function isNeverListed(path: string): boolean {
  return /(^|\/)(node_modules|\.terraform)\//.test(path);
}

/**
 * The files of a commit. A run of git takes as long as reading a hundred files, so folders are listed whole and files are
 * read ahead: one after the first, then eight at once, and ever more.
 */
export class CommitTree implements FileTree {
  readonly #git: Git;
  readonly #commit: string;
  readonly #naming: Naming;
  readonly #entries = new Map<string, Entry>();
  readonly #listed = new Set<string>();
  /** All that is below a folder, by its path. */
  readonly #deep = new Map<string, readonly (readonly [string, Entry])[]>();
  /** Of blobs, by id. */
  readonly #contents = new Map<string, Buffer>();
  #ahead = 1;

  constructor(git: Git, commit: string, naming: Naming) {
    this.#git = git;
    this.#commit = commit;
    this.#naming = naming;
  }

  /** Whether something has this path, from the top of the repository. */
  has(path: string): boolean {
    return this.#entry(path) !== undefined;
  }

  /** Where a path leads that is a link, as the link says it. @throws GitComplaint */
  linkAt(path: string): string | undefined {
    const entry = this.#entry(path);
    if (entry?.mode !== LINK) return undefined;
    this.#keep([entry.id]);
    return this.#contents.get(entry.id)?.toString();
  }

  read(name: string): FileContent {
    const at = this.#naming.reference;
    const path = this.#naming.pathOf(name);
    if (path.startsWith("../") || path.startsWith("/"))
      return { problem: `${name} is outside of the repository`, help: `${at} holds none but its own files` };
    try {
      const entry = this.#entry(path);
      if (entry === undefined) return this.#missing(name, path);
      const refusal = refusalOf(name, entry, at);
      if (refusal !== undefined) return refusal;
      const bytes = this.#contents.get(entry.id) ?? this.#fetch(path, entry.id);
      return typeof bytes === "number" ? { problem: `${name}: ${tooLarge.problem}`, help: tooLarge.help } : { bytes };
    } catch (error) {
      if (!(error instanceof GitComplaint)) throw error;
      const problem = `${name} cannot be read at ${at}`;
      return error.message === "" ? { problem } : { problem, help: helpFor(error.message, `${this.#commit}:${path}`) };
    }
  }

  list(folder: string): readonly string[] {
    const path = this.#naming.pathOf(folder);
    try {
      return this.#listDeep(path)
        .filter(([each, { mode }]) => mode !== SUBMODULE && !isNeverListed(each))
        .map(([each]) => this.#naming.nameOf(each))
        .sort(compareText);
    } catch (error) {
      throw new FileError("read", `${folder} at ${this.#naming.reference}`, `git says: ${String(error)}`);
    }
  }

  /** Submodules: a commit says where they are, and nothing of what is in them. */
  closedFolders(folder: string): readonly string[] {
    const path = this.#naming.pathOf(folder);
    const parts = path.split("/");
    const around = parts.map((_, index) => parts.slice(0, index + 1).join("/"));
    const outer = around.find((each) => this.#entry(each)?.mode === SUBMODULE);
    const closed =
      outer === undefined
        ? this.#listDeep(path).flatMap(([each, { mode }]) => (mode === SUBMODULE && !isNeverListed(each) ? [each] : []))
        : [outer];
    return closed.map((each) => this.#naming.nameOf(each));
  }

  alteredByCheckout(names: readonly string[]): Refusal | undefined {
    const at = this.#naming.reference;
    try {
      const paths = names.map((name) => this.#naming.pathOf(name)).filter((path) => !path.startsWith("../"));
      const attributes = new Map(
        [...new Set(paths.flatMap(attributePaths))].flatMap((path) => {
          const entry = this.#entry(path);
          return entry === undefined || entry.mode === FOLDER || entry.mode === SUBMODULE
            ? []
            : [[path, entry] as const];
        }),
      );
      const ids = [...new Set([...attributes.values()].map(({ id }) => id))];
      if (ids.length > 0) this.#keep(ids);
      if (!ids.some((id) => mayAlter(this.#contents.get(id) ?? Buffer.alloc(0)))) return undefined;
      const found = findAltered(this.#git, this.#naming.prefix, attributes, paths);
      if (found === undefined) return undefined;
      const name = this.#naming.nameOf(found.path);
      return {
        problem: `${name} is checked out with other bytes than ${at} holds: .gitattributes gives it ${found.attribute}`,
        help: "take the attribute away: what is judged must be what is deployed",
      };
    } catch (error) {
      if (!(error instanceof GitComplaint)) throw error;
      return { problem: `git cannot say how ${at} is checked out`, help: `git says: ${error.message}` };
    }
  }

  #listDeep(path: string): readonly (readonly [string, Entry])[] {
    const found = this.#deep.get(path) ?? this.#list(path, "-r");
    this.#deep.set(path, found);
    return found;
  }

  #entry(path: string): Entry | undefined {
    const known = this.#entries.get(path);
    if (known !== undefined) return known;
    const folder = posix.dirname(path);
    if (!this.#listed.has(folder)) {
      this.#listed.add(folder);
      this.#list(folder);
    }
    return this.#entries.get(path);
  }

  /** Says why there is nothing: a folder on the way may be something else. */
  #missing(name: string, path: string): FileContent {
    const at = this.#naming.reference;
    const parts = path.split("/");
    for (const [index] of parts.slice(0, -1).entries()) {
      const above = parts.slice(0, index + 1).join("/");
      const entry = this.#entry(above);
      if (entry === undefined) break;
      const refusal = entry.mode === FOLDER ? undefined : refusalOf(this.#naming.nameOf(above), entry, at);
      if (refusal !== undefined) return refusal;
    }
    return { problem: `${name} does not exist at ${at}` };
  }

  #list(folder: string, ...words: readonly string[]): readonly (readonly [string, Entry])[] {
    const within = folder === "." ? [] : [`${folder.replace(/\/$/, "")}/`];
    const listing = this.#run([
      "--literal-pathspecs",
      "ls-tree",
      "-z",
      "--full-tree",
      ...words,
      this.#commit,
      "--",
      ...within,
    ]);
    const found = listing
      .toString()
      .split("\0")
      .flatMap((line): readonly (readonly [string, Entry])[] => {
        const [, mode, id, path] = /^(\d+) \w+ ([0-9a-f]+)\t([^]*)$/.exec(line) ?? [];
        return mode === undefined || id === undefined || path === undefined ? [] : [[path, { mode, id }]];
      });
    for (const [path, entry] of found) this.#entries.set(path, entry);
    return found;
  }

  /** The bytes of a file, or how many there are where there are too many. Keeps what is likely to be asked for next. */
  #fetch(path: string, id: string): Buffer | number {
    const size = this.#sizes([id]).get(id) ?? 0;
    if (size > MAX_FILE_BYTES) return size;
    const ahead = this.#likelyNext(path);
    this.#ahead = Math.min(this.#ahead * 8, MAX_AHEAD);
    this.#keep([id, ...ahead]);
    const bytes = this.#contents.get(id);
    if (bytes === undefined) throw new GitComplaint("the object is missing");
    return bytes;
  }

  #likelyNext(path: string): readonly string[] {
    // The first is the matrix itself; which files are near it says nothing yet.
    if (this.#ahead === 1) return [];
    const paths = [...this.#entries.keys()].filter((each) => /\.(ya?ml|json)$/i.test(each)).sort(compareText);
    const start = paths.indexOf(path) + 1;
    const next = [...paths.slice(start), ...paths.slice(0, start)]
      .flatMap((each) => this.#entries.get(each) ?? [])
      .filter(({ mode, id }) => mode.startsWith("100") && !this.#contents.has(id))
      .slice(0, this.#ahead)
      .map(({ id }) => id);
    try {
      let all = 0;
      return [...this.#sizes(next)].flatMap(([id, size]) => {
        if (size > AHEAD_EACH || all + size > AHEAD_ALL) return [];
        all += size;
        return [id];
      });
    } catch {
      // A partial clone has what was asked for, maybe, and not all that is beside it.
      return [];
    }
  }

  #sizes(ids: readonly string[]): ReadonlyMap<string, number> {
    if (ids.length === 0) return new Map();
    const answer = this.#run(["cat-file", "--batch-check"], lines(ids)).toString();
    return new Map([...answer.matchAll(/^([0-9a-f]+) blob (\d+)$/gm)].map(([, id = "", size]) => [id, Number(size)]));
  }

  #keep(ids: readonly string[]): void {
    const answer = this.#run(["cat-file", "--batch"], lines(ids));
    for (let at = 0; at < answer.length;) {
      const end = answer.indexOf("\n", at);
      const [id = "", kind, size] = answer.toString("latin1", at, end).split(" ");
      if (kind !== "blob") throw new GitComplaint("the object is missing");
      this.#contents.set(id, answer.subarray(end + 1, end + 1 + Number(size)));
      at = end + 1 + Number(size) + 1;
    }
  }

  /** @throws GitComplaint */
  #run(words: readonly string[], input?: string): Buffer {
    const run = this.#git(words, input);
    if (!run.isOk) throw new GitComplaint(complaintOf(run));
    return run.stdout;
  }
}

function lines(words: readonly string[]): string {
  return words.map((word) => `${word}\n`).join("");
}
