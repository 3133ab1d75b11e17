import {
  type Dirent,
  lstatSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve, sep } from "node:path";
import { MAX_FILE_BYTES, tooLarge } from "../matrix/text/decode-text.ts";
import { compareText } from "../words/compare-text.ts";
import { FileError, reasonOf } from "./file-error.ts";
import type { FileContent, FileTree } from "./file-tree.ts";
import { readBounded } from "./read-bounded.ts";

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
      const stats = statSync(path);
      if (stats.isFile() && stats.size > MAX_FILE_BYTES) {
        return { problem: `${name}: ${tooLarge.problem}`, help: tooLarge.help };
      }
      const bytes = readBounded(path);
      return bytes === undefined
        ? { problem: `${name} is a pipe that nobody writes to`, help: "pipe the matrix in, and name it -" }
        : { bytes };
    } catch (error) {
      return { problem: `${name} ${reasonOf("read", error)}` };
    }
  }

  /** The bytes of a file that is no part of a matrix, one more than the limit at most. @throws FileError */
  readData(name: string, limit: number): Uint8Array {
    try {
      return readBounded(this.#path(name), limit) ?? new Uint8Array();
    } catch (error) {
      throw new FileError("read", name, error);
    }
  }

  list(folder: string): readonly string[] {
    const found: string[] = [];
    const visit = (name: string): void => {
      for (const entry of this.#entries(name)) {
        const child = join(name, entry.name);
        if (entry.isDirectory() && !neverListed.has(entry.name)) visit(child);
        else if (entry.isFile() || entry.isSymbolicLink()) found.push(child.split(sep).join("/"));
      }
    };
    if (this.isFolder(folder)) visit(folder);
    return found.sort(compareText);
  }

  /** Whether something has this name, be it a link that leads nowhere. */
  exists(name: string): boolean {
    return this.#stats(lstatSync, name) !== undefined;
  }

  isLink(name: string): boolean {
    return this.#stats(lstatSync, name)?.isSymbolicLink() === true;
  }

  isFile(name: string): boolean {
    return this.#stats(statSync, name)?.isFile() === true;
  }

  isFolder(name: string): boolean {
    return this.#stats(statSync, name)?.isDirectory() === true;
  }

  /** The names of the folders directly below a folder, in order. */
  folders(folder: string): readonly string[] {
    if (!this.isFolder(folder)) return [];
    return this.#entries(folder)
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
      .sort(compareText);
  }

  /** Writes a whole file or nothing: under another name first. A link stays a link; a device or pipe is written to. */
  write(name: string, text: string | Uint8Array): void {
    this.#change(name, () => {
      const stats = this.#stats(statSync, name);
      if (stats !== undefined && !stats.isFile()) {
        writeFileSync(this.#path(name), text);
        return;
      }
      const path = stats === undefined ? this.#path(name) : realpathSync(this.#path(name));
      mkdirSync(dirname(path), { recursive: true });
      const temporary = `${path}.${process.pid}.new`;
      try {
        writeFileSync(temporary, text, { flag: "wx" });
        renameSync(temporary, path);
      } catch (error) {
        rmSync(temporary, { force: true });
        throw error;
      }
    });
  }

  /** Writes a file in place, so that its mode and links to it stay. */
  overwrite(name: string, text: string): void {
    this.#change(name, () => {
      writeFileSync(this.#path(name), text);
    });
  }

  /**
   * Removes a file, and its folder where nothing else is in there.
   * @returns whether the folder is gone
   */
  removeWithFolder(name: string): boolean {
    return this.#change(name, () => {
      const path = this.#path(name);
      rmSync(path);
      const isEmpty = readdirSync(dirname(path)).length === 0;
      if (isEmpty) rmdirSync(dirname(path));
      return isEmpty;
    });
  }

  #path(name: string): string {
    return resolve(this.#cwd, name);
  }

  #entries(name: string): readonly Dirent[] {
    try {
      return readdirSync(this.#path(name), { withFileTypes: true });
    } catch (error) {
      throw new FileError("read", name, error);
    }
  }

  #change<T>(name: string, change: () => T): T {
    try {
      return change();
    } catch (error) {
      throw new FileError("write", name, error);
    }
  }

  /** Undefined as well where the system cannot say: a loop of links, a name that is too long. */
  #stats(look: (path: string) => Stats, name: string): Stats | undefined {
    try {
      return look(this.#path(name));
    } catch {
      return undefined;
    }
  }

  #isInside(path: string, folder: string): boolean {
    const [real, home] = [realpathSync(path), realpathSync(folder)];
    return real === home || real.startsWith(home.replace(/[/\\]?$/, sep));
  }
}
