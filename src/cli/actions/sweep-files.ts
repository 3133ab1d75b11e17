import { type Dirent, lstatSync, readdirSync, realpathSync, statSync } from "node:fs";
import { join, resolve, sep } from "node:path";
import { FileError, reasonOf } from "../../files/file-error.ts";
import { readBounded } from "../../files/read-bounded.ts";
import type { Unread } from "../../sweep/sweep-report.ts";
import type { TextFile } from "../../sweep/text-file.ts";
import { compareText } from "../../words/compare-text.ts";
import type { Io } from "../io.ts";
import { STDIN } from "../matrix-source.ts";
import { UsageError } from "../usage-error.ts";

/** Folders of other people's files, which their own repositories sweep. */
const neverSwept = new Set(["node_modules", ".git", ".terraform", ".hg", ".svn"]);

/** Larger files that a folder holds are passed over: those that services are configured by are smaller. */
const MAX_FOUND_BYTES = 16 * 1024 * 1024;
/** The output of gcloud for 10,000 services has a tenth of that. */
const MAX_NAMED_BYTES = 256 * 1024 * 1024;
/** Where a NUL says that bytes are no text. */
const PROBED_BYTES = 8192;

/** The files that a command line names, read as often as they are asked for. */
export class SweptFiles {
  /** Names of text files, in order. */
  readonly #names: readonly string[];
  readonly #named: ReadonlySet<string>;
  readonly #io: Io;
  readonly #isConfiguration: (name: string) => boolean;
  readonly #stdin: TextFile | undefined;
  readonly #unread = new Map<string, string>();
  readonly #huge = new Set<string>();
  readonly #binary = new Set<string>();
  /** Configuration in folders that is no file of its own. */
  readonly #links = new Set<string>();
  readonly #read = new Set<string>();

  /**
   * @param left files that are not swept: those of sweep itself
   * @throws UsageError where a path does not exist
   */
  constructor(io: Io, paths: readonly string[], left: readonly string[], isConfiguration: (name: string) => boolean) {
    this.#io = io;
    this.#isConfiguration = isConfiguration;
    this.#named = new Set(paths);
    const own = new Set(left.map((name) => resolve(io.cwd, name)));
    const found = paths.filter((path) => path !== "-").flatMap((path) => this.#find(path));
    this.#names = [...new Set(found)].filter((name) => !own.has(resolve(io.cwd, name))).sort(compareText);
    this.#missLinks(found, own);
    this.#stdin = paths.includes("-") ? { name: STDIN, text: readStdin(io) } : undefined;
  }

  /** Reads them one by one. */
  *load(): Iterable<TextFile> {
    if (this.#stdin !== undefined) yield this.#stdin;
    for (const name of this.#names) {
      const text = this.#text(name);
      if (text === undefined) continue;
      this.#read.add(name);
      yield { name, text };
    }
  }

  get files(): number {
    return this.#read.size + (this.#stdin === undefined ? 0 : 1);
  }

  get unread(): readonly Unread[] {
    return [...this.#unread]
      .map(([source, reason]) => ({ source, reason }))
      .sort((a, b) => compareText(a.source, b.source));
  }

  get skipped(): { readonly binary: number; readonly huge: readonly string[] } {
    return { binary: this.#binary.size, huge: [...this.#huge].sort(compareText) };
  }

  #find(path: string): readonly string[] {
    if (path === "") throw new UsageError("the name of a path is empty", "name a file or a folder");
    try {
      const name = path.split(sep).join("/");
      if (!statSync(this.#path(path)).isDirectory()) return [name];
      return this.#walk(name.replace(/(?<=.)\/+$/, ""));
    } catch (error) {
      throw new UsageError(`${path} ${reasonOf("read", error)}`, "name a file or a folder");
    }
  }

  #walk(folder: string): readonly string[] {
    return this.#entries(folder).flatMap((entry) => {
      const name = folder === "." ? entry.name : join(folder, entry.name).split(sep).join("/");
      if (entry.isDirectory()) return neverSwept.has(entry.name) ? [] : this.#walk(name);
      if (entry.isFile()) return [name];
      if (this.#isConfiguration(name)) this.#links.add(name);
      return [];
    });
  }

  /** A link is not followed: it may lead out of the folder. It is missed unless it leads to a file that is swept by itself. */
  #missLinks(found: readonly string[], own: ReadonlySet<string>): void {
    if (this.#links.size === 0) return;
    const real = new Set(found.flatMap((name) => this.#realPath(name) ?? []));
    for (const name of this.#links) {
      const target = this.#realPath(name);
      if (own.has(this.#path(name)) || (target !== undefined && (own.has(target) || real.has(target)))) continue;
      const stats = lstatSync(this.#path(name), { throwIfNoEntry: false });
      if (target !== undefined && statSync(target, { throwIfNoEntry: false })?.isDirectory() === true) continue;
      this.#unread.set(name, stats?.isSymbolicLink() === true ? "is a link: name it to have it swept" : "is no file");
    }
  }

  /** Undefined where a link leads nowhere. */
  #realPath(name: string): string | undefined {
    try {
      return realpathSync(this.#path(name));
    } catch {
      return undefined;
    }
  }

  #entries(folder: string): readonly Dirent[] {
    try {
      return readdirSync(this.#path(folder), { withFileTypes: true });
    } catch (error) {
      this.#unread.set(folder, reasonOf("read", error));
      return [];
    }
  }

  #text(name: string): string | undefined {
    try {
      const limit = this.#named.has(name) ? MAX_NAMED_BYTES : MAX_FOUND_BYTES;
      if (lstatSync(this.#path(name)).size > limit) return this.#tooLarge(name);
      const bytes = readBounded(this.#path(name), limit) ?? new Uint8Array();
      if (bytes.length > limit) return this.#tooLarge(name);
      const text = decode(bytes);
      if (text === undefined) this.#noText(name);
      return text;
    } catch (error) {
      this.#unread.set(name, reasonOf("read", error));
      return undefined;
    }
  }

  /** A file that was named, or that services may well be configured by, is missed; of others there is only a note. */
  #isMissed(name: string): boolean {
    return this.#named.has(name) || this.#isConfiguration(name);
  }

  #noText(name: string): void {
    if (this.#isMissed(name)) this.#unread.set(name, "is binary, and no text");
    else this.#binary.add(name);
  }

  #tooLarge(name: string): undefined {
    if (this.#isMissed(name)) this.#unread.set(name, "is too large to be swept");
    else this.#huge.add(name);
  }

  #path(name: string): string {
    return resolve(this.#io.cwd, name);
  }
}

/**
 * @throws FileError where standard input is a folder, or closed
 * @throws UsageError where it is no text, or empty: the command before the pipe failed, and nothing is no proof that nothing is there
 */
function readStdin(io: Io): string {
  let text: string | undefined;
  try {
    text = decode(io.readStdin(MAX_NAMED_BYTES));
  } catch (error) {
    throw new FileError("read", "standard input", error);
  }
  if (text === undefined) throw new UsageError("standard input is no text", "unpack it before the pipe");
  if (text.trim() === "")
    throw new UsageError("standard input is empty", "see whether the command before the pipe wrote anything");
  return text;
}

/** Text, also as PowerShell writes it; undefined for other bytes. */
function decode(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  return bytes.subarray(0, PROBED_BYTES).includes(0) ? undefined : new TextDecoder().decode(bytes);
}
