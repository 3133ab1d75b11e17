import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve, sep } from "node:path";
import { MAX_FILE_BYTES } from "../matrix/text/decode-text.ts";
import { compareText } from "../words/compare-text.ts";
import type { FileContent, FileTree } from "./file-tree.ts";

/** Folders that hold other people's files, or none that a matrix would name. */
const neverListed = new Set(["node_modules", ".git", ".terraform"]);

/** Files below the folder that the program was started in. */
export class Disk implements FileTree {
  readonly #cwd: string;

  constructor(cwd: string) {
    this.#cwd = cwd;
  }

  read(name: string, within?: string): FileContent {
    try {
      const path = this.#path(name);
      if (within !== undefined && !this.#isInside(path, this.#path(within))) {
        return { problem: `${name} is a link that leaves the folder of the matrix`, help: "put the file itself there" };
      }
      const { size } = statSync(path);
      // Not read at all where it is too large to be a matrix; the size is refused with the same words as elsewhere.
      return { bytes: size > MAX_FILE_BYTES ? new Uint8Array(size) : readFileSync(path) };
    } catch (error) {
      return { problem: `${name} ${reasonOf(error)}` };
    }
  }

  list(folder: string): readonly string[] {
    const found: string[] = [];
    const visit = (name: string): void => {
      for (const entry of readdirSync(this.#path(name), { withFileTypes: true })) {
        const child = join(name, entry.name);
        if (entry.isDirectory() && !neverListed.has(entry.name)) visit(child);
        else if (entry.isFile() || entry.isSymbolicLink()) found.push(child.split(sep).join("/"));
      }
    };
    if (this.isFolder(folder)) visit(folder);
    return found.sort(compareText);
  }

  exists(name: string): boolean {
    return this.#stat(name) !== undefined;
  }

  isFile(name: string): boolean {
    return this.#stat(name)?.isFile() === true;
  }

  isFolder(name: string): boolean {
    return this.#stat(name)?.isDirectory() === true;
  }

  /** The names of the folders directly below a folder, in order. */
  folders(folder: string): readonly string[] {
    if (!this.isFolder(folder)) return [];
    return readdirSync(this.#path(folder), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
      .sort(compareText);
  }

  /** Writes a whole file or nothing: under another name first. */
  write(name: string, text: string): void {
    const path = this.#path(name);
    mkdirSync(dirname(path), { recursive: true });
    const temporary = `${path}.new`;
    writeFileSync(temporary, text);
    renameSync(temporary, path);
  }

  /** Writes a file in place, so that its mode and links to it stay. */
  overwrite(name: string, text: string): void {
    writeFileSync(this.#path(name), text);
  }

  removeFolder(name: string): void {
    rmSync(this.#path(name), { recursive: true });
  }

  #path(name: string): string {
    return resolve(this.#cwd, name);
  }

  #stat(name: string): ReturnType<typeof lstatSync> | undefined {
    return statSync(this.#path(name), { throwIfNoEntry: false });
  }

  #isInside(path: string, folder: string): boolean {
    return realpathSync(path).startsWith(realpathSync(folder).replace(/[/\\]?$/, sep));
  }
}

function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  switch (code) {
    case "ENOENT":
      return "does not exist";
    case "EISDIR":
      return "is a folder, not a file";
    case "EACCES":
    case "EPERM":
      return "may not be read by this user";
    default:
      return `cannot be read (${code ?? String(error)})`;
  }
}
